using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>Whether risk is judged at all, and how long an order waits for it before the cold-start rules decide.</summary>
internal sealed record RiskOptions(bool IsEnabled, TimeSpan Patience)
{
    /// <summary>One that does not answer leaves time for the rest.</summary>
    public TimeSpan NeighbourPatience => Patience * 0.4;

    public static RiskOptions Read(IConfiguration configuration) => new(
        configuration.GetValue("Payments:Risk:Enabled", true),
        configuration.GetValue("Payments:Risk:Patience", TimeSpan.FromMilliseconds(500)));
}

/// <summary>
/// Judges an order, and always comes to a judgement: what fails or takes too long is replaced by the cold-start rules. It works on a
/// connection of its own, so that no transaction waits for it or breaks with it.
/// </summary>
internal sealed class RiskDesk(IServiceScopeFactory scopes, RiskOptions options, TimeProvider clock, ILogger<RiskDesk> logger)
{
    /// <summary>Null when this way of paying is not judged.</summary>
    public async Task<RiskJudgement?> JudgeAsync(RiskQuestion question, CancellationToken ct)
    {
        if (!options.IsEnabled || RiskMethods.Of(question.About.Method) is not { } method)
            return null;
        try
        {
            // The wait ends even when what is waited for does not listen.
            return await LookAndJudgeAsync(question, method, ct).WaitAsync(options.Patience, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning(failure, "The risk of order {OrderId} is judged by the cold-start rules", question.About.OrderId);
            return await JudgeColdAsync(question.About, method, ct);
        }
    }

    private async Task<RiskJudgement> LookAndJudgeAsync(RiskQuestion question, string method, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Patience);
        await using var scope = scopes.CreateAsyncScope();
        var features = await scope.ServiceProvider.GetRequiredService<RiskReader>().ReadAsync(question, patience.Token);
        var score = await scope.ServiceProvider.GetRequiredService<IRiskScorer>().ScoreAsync(method, features, patience.Token);
        if (score.Decision == RiskDecision.Otp)
        {
            var proof = scope.ServiceProvider.GetRequiredService<PhoneProof>();
            // Identity knows a guest by the session alone, which whoever placed the order has asked about.
            var isProven = features[RiskFeature.GuestPhoneProven] == 1
                ? true
                : await proof.IsProvenAsync(question.About.CustomerId, question.Phone, patience.Token);
            // Who cannot be asked is not held up: money that comes beforehand is no risk of ours.
            if (isProven ?? method == RiskMethods.MobileMoney)
                score = score with { Decision = RiskDecision.Allow };
        }
        return RiskJudgement.Of(question.About, score, features, false, clock.GetUtcNow());
    }

    private async Task<RiskJudgement> JudgeColdAsync(RiskSubject about, string method, CancellationToken ct)
    {
        var features = new RiskFeatures().With(RiskFeature.AmountXaf, about.AmountXaf).With(RiskFeature.DeliveredOrders, 0);
        var score = await BuiltInRisk.ColdStart.ScoreAsync(method, features, ct);
        return RiskJudgement.Of(about, score, features, true, clock.GetUtcNow());
    }
}

/// <summary>Puts judgements on record, with an alert when a person should see them; the caller saves.</summary>
internal sealed class RiskRecords(PaymentsDbContext db, TimeProvider clock)
{
    /// <summary>Why the payment may not go this way now, or null.</summary>
    public async Task<string?> AddAsync(RiskJudgement? judgement, CancellationToken ct)
    {
        if (judgement is null)
            return null;
        // Uses ix_fraud_alerts_order_id_method.
        var alert = await db.FraudAlerts.SingleOrDefaultAsync(row => row.OrderId == judgement.OrderId && row.Method == judgement.Method, ct);
        db.Add(judgement);
        if (alert is not null)
            alert.Follow(judgement);
        else if (!judgement.IsAllowed)
            db.Add(alert = FraudAlert.Of(judgement, clock.GetUtcNow()));
        return alert?.Status == FraudAlertStatus.FalsePositive ? null : RefusalOf(judgement);
    }

    private static string? RefusalOf(RiskJudgement judgement) => (judgement.Decision, RiskMethods.Of(judgement.Method)) switch
    {
        (RiskDecision.Otp, _) => "PHONE_PROOF_REQUIRED",
        (RiskDecision.Prepay, RiskMethods.Cash) => "PREPAYMENT_REQUIRED",
        (RiskDecision.Review, RiskMethods.Cash) => "CASH_UNDER_REVIEW",
        _ => null
    };
}
