using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Data;

/// <summary>The tables of the back office: reconciliation (a mismatch is one row however often it is seen), payouts, hand-overs.</summary>
internal static class BackOfficeMapping
{
    public static void MapReconciliation(this ModelBuilder model)
    {
        model.Entity<ReconciliationBreak>(row =>
        {
            row.ToTable("reconciliation_breaks");
            row.Property(known => known.Id).ValueGeneratedNever();
            row.HasIndex(known => new { known.Kind, known.Subject }).IsUnique();
            row.HasIndex(known => known.FoundAt).HasFilter("resolved_at IS NULL");
        });
        model.Entity<ReconciliationRun>(run =>
        {
            run.ToTable("reconciliation_runs");
            run.Property(known => known.Id).ValueGeneratedNever();
            run.HasIndex(known => known.StartedAt);
        });
    }

    public static void MapPayouts(this ModelBuilder model)
    {
        model.Entity<Payout>(payout =>
        {
            payout.ToTable("payouts", table => table.HasCheckConstraint("ck_payouts_amounts", "amount_xaf > 0 AND fee_xaf >= 0"));
            payout.Property(row => row.Id).ValueGeneratedNever();
            payout.Property(row => row.Version).IsConcurrencyToken();
            payout.HasIndex(row => new { row.OwnerId, row.RequestedAt });
            payout.HasIndex(row => new { row.Status, row.RequestedAt });
        });
        model.Entity<CashHandOver>(handOver =>
        {
            handOver.ToTable("cash_hand_overs");
            handOver.Property(row => row.Id).ValueGeneratedNever();
            handOver.Property(row => row.Version).IsConcurrencyToken();
            handOver.HasIndex(row => new { row.DriverId, row.DeclaredAt });
            handOver.HasIndex(row => row.DeclaredAt).HasFilter("counted_at IS NULL");
        });
    }

    public static void MapTerms(this ModelBuilder model)
    {
        model.Entity<RestaurantRate>(rate =>
        {
            rate.ToTable("restaurant_rates");
            rate.HasKey(row => row.RestaurantId);
            rate.Property(row => row.RestaurantId).ValueGeneratedNever();
            rate.Property(row => row.CommissionPercent).HasPrecision(5, 2);
        });
        model.Entity<SavedMethod>(method =>
        {
            method.ToTable("saved_methods");
            method.Property(row => row.Id).ValueGeneratedNever();
            method.HasIndex(row => new { row.CustomerId, row.CreatedAt });
        });
        model.Entity<ConvertedGuest>(guest =>
        {
            guest.ToTable("converted_guests");
            guest.HasKey(row => row.GuestId);
            guest.Property(row => row.GuestId).ValueGeneratedNever();
        });
    }

    public static void MapLoyalty(this ModelBuilder model)
    {
        model.Entity<LoyaltyAccount>(account =>
        {
            account.ToTable("loyalty_accounts", table => table.HasCheckConstraint("ck_loyalty_accounts_available", "available_points >= 0"));
            account.HasKey(row => row.CustomerId);
            account.Property(row => row.CustomerId).ValueGeneratedNever();
            account.Property(row => row.Version).IsConcurrencyToken();
        });
        model.Entity<PointsMovement>(movement =>
        {
            movement.ToTable("loyalty_points", table => table.HasCheckConstraint("ck_loyalty_points_left", "left_points >= 0"));
            movement.Property(row => row.Id).ValueGeneratedNever();
            movement.HasIndex(row => new { row.Kind, row.SourceId }).IsUnique();
            movement.HasIndex(row => new { row.CustomerId, row.CreatedAt });
            movement.HasIndex(row => row.ExpiresAt).HasFilter("left_points > 0");
        });
    }
}
