namespace EatFast.Payments.Domain;

/// <summary>One bound on one feature; an absent feature meets none.</summary>
public sealed record RiskCondition(string Feature, long? AtLeast = null, long? AtMost = null)
{
    public bool IsMet(RiskFeatures features) =>
        features[Feature] is { } value && (AtLeast is null || value >= AtLeast) && (AtMost is null || value <= AtMost);
}

/// <summary>Adds points when all of its conditions are met; the last condition's value is what the factor shows.</summary>
public sealed record RiskRule(string Code, string Type, IReadOnlyList<string> Methods, int Points, IReadOnlyList<RiskCondition> Conditions)
{
    public RiskFactor? Apply(string method, RiskFeatures features) => Methods.Contains(method) && Conditions.All(known => known.IsMet(features))
        ? new RiskFactor(Code, Type, Points, Conditions[^1].Feature, features[Conditions[^1].Feature]!.Value)
        : null;
}

/// <summary>From how many points on a method asks for a proof of the number, for payment beforehand, or for a person.</summary>
public sealed record RiskBands(int Otp, int Prepay, int Review);

/// <summary>One version of the rules. They are data: a new version is a new row, and every decision names the one that it was made by.</summary>
public sealed record RiskRuleSet(string Version, IReadOnlyDictionary<string, RiskBands> Bands, IReadOnlyList<RiskRule> Rules) : IRiskScorer
{
    public const int MostPoints = 100;
    private const int MostRules = 200;

    public ValueTask<RiskScore> ScoreAsync(string method, RiskFeatures features, CancellationToken ct)
    {
        var factors = Rules.Select(rule => rule.Apply(method, features)).OfType<RiskFactor>()
            .OrderByDescending(factor => factor.Points).ThenBy(factor => factor.Code, StringComparer.Ordinal).ToList();
        var score = Math.Clamp(factors.Sum(factor => factor.Points), 0, MostPoints);
        return ValueTask.FromResult(new RiskScore(Version, score, DecisionOf(method, score), factors));
    }

    /// <summary>What is wrong with these rules; nothing when they can be used.</summary>
    public IEnumerable<string> Complaints()
    {
        if (string.IsNullOrWhiteSpace(Version) || Version.Length > 50)
            yield return "version: 1 to 50 characters";
        if (Bands is null || Rules is null || Rules.Count > MostRules)
        {
            yield return $"bands and at most {MostRules} rules";
            yield break;
        }
        foreach (var method in RiskMethods.All.Where(method => !Bands.ContainsKey(method)))
            yield return $"bands: {method} is missing";
        foreach (var (method, bands) in Bands)
            if (!RiskMethods.All.Contains(method) || bands is null || bands.Otp > bands.Prepay || bands.Prepay > bands.Review || bands.Otp < 1)
                yield return $"bands: {method} needs 1 <= otp <= prepay <= review";
        foreach (var rule in Rules)
            if (!IsUsable(rule))
                yield return $"rules: {rule?.Code} needs a code, a type, known methods and features, -100 to 100 points and a bound each";
        if (Rules.GroupBy(rule => rule?.Code).Any(group => group.Count() > 1))
            yield return "rules: a code is used twice";
    }

    private static bool IsUsable(RiskRule? rule) => rule is { Code.Length: > 0 and <= 50, Type.Length: > 0 and <= 30, Methods.Count: > 0 }
        && rule.Points is >= -MostPoints and <= MostPoints
        && rule.Methods.All(RiskMethods.All.Contains)
        && rule.Conditions is { Count: > 0 and <= 10 }
        && rule.Conditions.All(known => known?.Feature is { } name && RiskFeature.All.Contains(name) && (known.AtLeast ?? known.AtMost) is not null);

    private string DecisionOf(string method, int score) => Bands.GetValueOrDefault(method) switch
    {
        { } bands when score >= bands.Review => RiskDecision.Review,
        { } bands when score >= bands.Prepay => RiskDecision.Prepay,
        { } bands when score >= bands.Otp => RiskDecision.Otp,
        _ => RiskDecision.Allow
    };
}
