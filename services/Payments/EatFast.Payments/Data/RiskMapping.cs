using System.Text.Json;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Payments.Data;

/// <summary>The tables of risk: rules by version, judgements as they were made, alerts for people, and what accounts share.</summary>
internal static class RiskMapping
{
    public static void MapRisk(this ModelBuilder model)
    {
        model.Entity<RiskRulesRow>(row =>
        {
            row.ToTable("risk_rule_sets");
            row.HasKey(known => known.Number);
            row.Property(known => known.Body).HasColumnType("jsonb");
            row.HasIndex(known => known.Version).IsUnique();
        });
        model.Entity<RiskMark>(mark =>
        {
            mark.ToTable("risk_marks");
            mark.HasKey(row => new { row.Kind, row.Mark, row.CustomerId });
            mark.HasIndex(row => new { row.CustomerId, row.Kind, row.FirstSeenAt });
        });
        model.Entity<FailedHandOver>(failed =>
        {
            failed.ToTable("failed_hand_overs");
            failed.HasKey(row => row.OrderId);
            failed.Property(row => row.OrderId).ValueGeneratedNever();
            failed.HasIndex(row => new { row.CustomerId, row.FailedAt });
            failed.HasIndex(row => new { row.Address, row.FailedAt }).HasFilter("address IS NOT NULL");
        });
        model.Entity<RiskJudgement>(MapJudgement);
        model.Entity<FraudAlert>(MapAlert);
        // What the rules ask of each customer, without reading all that the customer ever paid.
        model.Entity<Payment>().HasIndex(row => row.CustomerId, "ix_payments_open_cash").HasFilter("status = 'authorized'");
        model.Entity<Payment>().HasIndex(row => new { row.CustomerId, row.CreatedAt }, "ix_payments_stopped").HasFilter("stopped_as IS NOT NULL");
    }

    private static void MapJudgement(EntityTypeBuilder<RiskJudgement> judgement)
    {
        judgement.ToTable("risk_judgements");
        judgement.Property(row => row.Id).ValueGeneratedNever();
        AsJson(judgement.Property(row => row.Features));
        AsJson(judgement.Property(row => row.Factors));
        judgement.HasIndex(row => new { row.OrderId, row.DecidedAt });
    }

    private static void MapAlert(EntityTypeBuilder<FraudAlert> alert)
    {
        alert.ToTable("fraud_alerts", table => table.HasCheckConstraint("ck_fraud_alerts_score", "risk_score BETWEEN 0 AND 100"));
        alert.Property(row => row.Id).ValueGeneratedNever();
        alert.Property(row => row.Version).IsConcurrencyToken();
        AsJson(alert.Property(row => row.Factors));
        alert.HasIndex(row => new { row.OrderId, row.Method }).IsUnique();
        alert.HasIndex(row => new { row.Status, row.CreatedAt });
        alert.HasIndex(row => row.CreatedAt);
        alert.HasIndex(row => row.CustomerId).HasFilter("status = 'confirmed'");
    }

    private static void AsJson<TValue>(PropertyBuilder<TValue> property) where TValue : class => property
        .HasColumnType("jsonb")
        .HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<TValue>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<TValue>((one, other) => ReferenceEquals(one, other), value => value.GetHashCode(), value => value));
}
