namespace EatFast.Payments.Domain;

/// <summary>A step of the programme: from how many points earned in all, and how fast points come from there on.</summary>
public sealed record LoyaltyTier(string Name, long FromPoints, int Multiplier, int DiscountPercent, bool HasFreeDelivery);

/// <summary>What points can be turned into: money on the customer's own wallet.</summary>
public sealed record LoyaltyReward(string Id, string Fr, string En, long PointsCost, long CreditXaf)
{
    public const string Type = "cashback";
}

/// <summary>The programme's rules. Points come from delivered orders only; there is no way to give them to oneself.</summary>
public static class LoyaltyRules
{
    /// <summary>One point for so many francs of food, times the tier's multiplier.</summary>
    public const long XafPerPoint = 100;

    public static readonly IReadOnlyList<LoyaltyTier> Tiers =
    [
        new("bronze", 0, 1, 0, false),
        new("silver", 1_000, 2, 5, false),
        new("gold", 5_000, 3, 10, true),
        new("platinum", 15_000, 4, 15, true),
        new("diamond", 50_000, 5, 20, true)
    ];

    public static readonly IReadOnlyList<LoyaltyReward> Rewards =
    [
        new("cashback-500", "500 FCFA sur votre portefeuille", "500 FCFA on your wallet", 100, 500),
        new("cashback-1500", "1 500 FCFA sur votre portefeuille", "1,500 FCFA on your wallet", 280, 1_500),
        new("cashback-5000", "5 000 FCFA sur votre portefeuille", "5,000 FCFA on your wallet", 900, 5_000)
    ];

    public static LoyaltyTier TierOf(long earnedPoints) => Tiers.Last(tier => earnedPoints >= tier.FromPoints);

    public static long PointsToNext(long earnedPoints) =>
        Tiers.FirstOrDefault(tier => tier.FromPoints > earnedPoints) is { } next ? next.FromPoints - earnedPoints : 0;

    public static long PointsFor(long foodXaf, long earnedPoints) => foodXaf / XafPerPoint * TierOf(earnedPoints).Multiplier;
}
