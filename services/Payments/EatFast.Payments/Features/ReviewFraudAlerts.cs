using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record FraudAlertsQuery(
    [property: FromQuery(Name = "status"), AllowedValues(null, "open", "investigating", "confirmed", "false_positive", "resolved")]
    string? Status = null,
    [property: FromQuery(Name = "severity"), AllowedValues(null, "low", "medium", "high")] string? Severity = null,
    [property: FromQuery(Name = "type"), StringLength(30)] string? Type = null,
    [property: FromQuery(Name = "offset"), Range(0, 10_000_000)] int? Offset = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record DecideFraudAlertRequest(
    [property: Required, AllowedValues("open", "investigating", "confirmed", "false_positive", "resolved")] string Status,
    [property: StringLength(500)] string? Note = null);

public sealed record FraudAlertView(
    Guid Id, Guid OrderId, Guid PaymentId, Guid CustomerId, string Method, string Type, string Severity, int RiskScore, string Decision,
    string RulesVersion, IReadOnlyList<RiskFactor> Factors, string Status, string? Note, Guid? DecidedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? DecidedAt)
{
    internal static FraudAlertView Of(FraudAlert row) => new(
        row.Id, row.OrderId, row.PaymentId, row.CustomerId, row.Method, row.Type, row.Severity, row.RiskScore, row.Decision, row.RulesVersion,
        row.Factors, row.Status, row.Note, row.DecidedBy, row.CreatedAt, row.DecidedAt);
}

public sealed record ReviewFraudAlertsResponse(IReadOnlyList<FraudAlertView> Alerts, Pagination Pagination);

/// <summary>What risk found for people to see, newest first. A false positive releases the cash order that waited for this decision.</summary>
internal static class ReviewFraudAlerts
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/fraud-alerts", HandleList).WithName(nameof(ReviewFraudAlerts)).WithSummary("Fraud alerts");
        admin.MapGet("/fraud-alerts/{alertId:guid}", HandleOne).WithName("GetFraudAlert").WithSummary("A fraud alert");
        admin.MapPut("/fraud-alerts/{alertId:guid}/status", HandleDecision).WithName("DecideFraudAlert").WithSummary("Decide a fraud alert");
        admin.MapPatch("/fraud-alerts/{alertId:guid}/status", HandleDecision)
            .WithName("DecideFraudAlertByPatch").WithSummary("Decide a fraud alert");
    }

    internal static async Task<Ok<Envelope<ReviewFraudAlertsResponse>>> HandleList(
        [AsParameters] PageQuery page, [AsParameters] FraudAlertsQuery query, PaymentsDbContext db, CancellationToken ct)
    {
        // Uses ix_fraud_alerts_status_created_at or ix_fraud_alerts_created_at.
        var rows = db.FraudAlerts.AsNoTracking().Where(row => (query.Status == null || row.Status == query.Status)
            && (query.Severity == null || row.Severity == query.Severity) && (query.Type == null || row.Type == query.Type));
        var total = await rows.LongCountAsync(ct);
        var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip(query.Offset ?? page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ReviewFraudAlertsResponse(found.ConvertAll(FraudAlertView.Of), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<FraudAlertView>>> HandleOne(Guid alertId, PaymentsDbContext db, CancellationToken ct) =>
        Answer.Ok(FraudAlertView.Of(await db.FraudAlerts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == alertId, ct)
            ?? throw new RuleViolatedException("FRAUD_ALERT_NOT_FOUND")));

    internal static async Task<Ok<Envelope<FraudAlertView>>> HandleDecision(
        Guid alertId, DecideFraudAlertRequest request, CurrentUser user, PaymentsDbContext db, CashRisk risk, TimeProvider clock,
        CancellationToken ct)
    {
        var orderId = await db.FraudAlerts.Where(row => row.Id == alertId).Select(row => (Guid?)row.OrderId).SingleOrDefaultAsync(ct)
            ?? throw new RuleViolatedException("FRAUD_ALERT_NOT_FOUND");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The payer tries again under the same lock, so whoever comes second sees what the first one did.
        var payment = await db.LockByOrderAsync(orderId, ct);
        var (alert, now) = (await db.FraudAlerts.SingleAsync(row => row.Id == alertId, ct), clock.GetUtcNow());
        alert.Decide(request.Status, request.Note, user.Id, now);
        db.RecordAction(
            user, "fraud_alert.decided", "fraud_alert", alertId, now, ("status", alert.Status), ("orderId", $"{orderId}"), ("method", alert.Method));
        if (payment is not null && alert is { Status: FraudAlertStatus.FalsePositive, Method: PaymentMethods.Cash } && IsWaiting(payment)
            && payment.AuthorizeCash(risk, now))
            db.Announce(new PaymentAuthorized(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(FraudAlertView.Of(alert));
    }

    private static bool IsWaiting(Payment payment) =>
        payment is { IsCash: true, Status: PaymentStatus.Pending, StoppedAs: null, CompletedAt: null, OpenCollect: null };
}
