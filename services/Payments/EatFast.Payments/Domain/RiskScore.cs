namespace EatFast.Payments.Domain;

/// <summary>Judges features. The rules are one; a learned model is another, and the rules stay as what it falls back to.</summary>
public interface IRiskScorer
{
    ValueTask<RiskScore> ScoreAsync(string method, RiskFeatures features, CancellationToken ct);
}

/// <summary>A reason for a score, in words that do not change: a code, the feature it comes from and the value that it had.</summary>
public sealed record RiskFactor(string Code, string Type, int Points, string Feature, long Value);

/// <summary>What a scorer said, the version of it, and why.</summary>
public sealed record RiskScore(string ScoredBy, int Score, string Decision, IReadOnlyList<RiskFactor> Factors);

public static class RiskDecision
{
    public const string Allow = "allow";
    /// <summary>Step up: the payer's number has to be proven first.</summary>
    public const string Otp = "step_up_otp";
    /// <summary>Step up: the order has to be paid before it is cooked.</summary>
    public const string Prepay = "step_up_prepay";
    /// <summary>A person looks at it; cash waits for that, money that comes beforehand does not.</summary>
    public const string Review = "review";
}

/// <summary>The two kinds of promise that are judged: cash that may never come, and charges of a phone that may be a stranger's.</summary>
public static class RiskMethods
{
    public const string Cash = "cash";
    public const string MobileMoney = "mobile_money";

    public static readonly IReadOnlyList<string> All = [Cash, MobileMoney];

    public static string? Of(string paymentMethod) => paymentMethod switch
    {
        PaymentMethods.Cash => Cash,
        PaymentMethods.CamPay or PaymentMethods.NouPay => MobileMoney,
        _ => null
    };
}
