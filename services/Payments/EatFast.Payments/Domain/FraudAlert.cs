using EatFast.Errors;

namespace EatFast.Payments.Domain;

public static class FraudAlertStatus
{
    public const string Open = "open";
    public const string Investigating = "investigating";
    /// <summary>It was fraud: whoever it was pays beforehand from now on.</summary>
    public const string Confirmed = "confirmed";
    public const string FalsePositive = "false_positive";
    public const string Resolved = "resolved";

    public static readonly IReadOnlyList<string> All = [Open, Investigating, Confirmed, FalsePositive, Resolved];
}

/// <summary>What was asked about, for the record: which payment, by whom, how.</summary>
public sealed record RiskSubject(Guid PaymentId, Guid OrderId, Guid CustomerId, string Method, long AmountXaf);

/// <summary>A judgement as it was made: by which version, on which features. It is never changed, so that it can be made again.</summary>
public sealed class RiskJudgement
{
    private RiskJudgement()
    {
    }

    public Guid Id { get; private init; }
    public Guid PaymentId { get; private init; }
    public Guid OrderId { get; private init; }
    public Guid CustomerId { get; private init; }
    public string Method { get; private init; } = "";
    public string Decision { get; private init; } = "";
    public int Score { get; private init; }
    public string RulesVersion { get; private init; } = "";
    public bool IsFallback { get; private init; }
    public IReadOnlyDictionary<string, long> Features { get; private init; } = new Dictionary<string, long>();
    public IReadOnlyList<RiskFactor> Factors { get; private init; } = [];
    public DateTimeOffset DecidedAt { get; private init; }

    public bool IsAllowed => Decision == RiskDecision.Allow;

    public static RiskJudgement Of(RiskSubject about, RiskScore score, RiskFeatures features, bool isFallback, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PaymentId = about.PaymentId,
        OrderId = about.OrderId,
        CustomerId = about.CustomerId,
        Method = about.Method,
        Decision = score.Decision,
        Score = score.Score,
        RulesVersion = score.ScoredBy,
        IsFallback = isFallback,
        Features = features.Values.ToDictionary(),
        Factors = score.Factors,
        DecidedAt = now
    };
}

/// <summary>A judgement that a person should see; one per order and method. Its decision releases the cash of an order that waits for it.</summary>
public sealed class FraudAlert
{
    private const int High = 80;
    private const int Medium = 60;

    private FraudAlert()
    {
    }

    public Guid Id { get; private init; }
    public Guid JudgementId { get; private set; }
    public Guid PaymentId { get; private init; }
    public Guid OrderId { get; private init; }
    public Guid CustomerId { get; private init; }
    public string Method { get; private init; } = "";
    public string Type { get; private set; } = "";
    public string Severity { get; private set; } = "";
    public int RiskScore { get; private set; }
    public string Decision { get; private set; } = "";
    public string RulesVersion { get; private set; } = "";
    public IReadOnlyList<RiskFactor> Factors { get; private set; } = [];
    public string Status { get; private set; } = FraudAlertStatus.Open;
    public string? Note { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public int Version { get; private set; }

    public static FraudAlert Of(RiskJudgement judgement, DateTimeOffset now)
    {
        var alert = new FraudAlert
        {
            Id = Guid.CreateVersion7(now),
            PaymentId = judgement.PaymentId,
            OrderId = judgement.OrderId,
            CustomerId = judgement.CustomerId,
            Method = judgement.Method,
            CreatedAt = now
        };
        alert.Follow(judgement);
        return alert;
    }

    /// <summary>Judged again, as payers try again; what a person has decided stays.</summary>
    public void Follow(RiskJudgement judgement)
    {
        if (DecidedAt is not null)
            return;
        (JudgementId, RiskScore, Decision, RulesVersion, Factors) =
            (judgement.Id, judgement.Score, judgement.Decision, judgement.RulesVersion, judgement.Factors);
        Type = judgement.Factors is [var first, ..] ? first.Type : "unknown";
        Severity = judgement.Score >= High ? "high" : judgement.Score >= Medium ? "medium" : "low";
        Version++;
    }

    /// <summary>Refuses with FRAUD_ALERT_DECIDED: what was confirmed or dismissed has had its effect.</summary>
    public void Decide(string status, string? note, Guid by, DateTimeOffset now)
    {
        if (DecidedAt is not null && status != Status)
            throw new RuleViolatedException("FRAUD_ALERT_DECIDED", ("status", Status));
        (Status, Note) = (status, note ?? Note);
        if (status is FraudAlertStatus.Confirmed or FraudAlertStatus.FalsePositive or FraudAlertStatus.Resolved)
            (DecidedBy, DecidedAt) = (DecidedBy ?? by, DecidedAt ?? now);
        Version++;
    }
}
