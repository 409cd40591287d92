using System.Security.Cryptography;
using System.Text.Json;

namespace EatFast.Payments.Domain;

/// <summary>A step of the programme: from how many points earned in all, how fast points come then, and what each order costs less.</summary>
public sealed record LoyaltyTier(string Name, long FromPoints, int Multiplier, int DiscountPercent, bool HasFreeDelivery);

/// <summary>What points can be turned into: money on the customer's own wallet, or a code that takes something off an order.</summary>
public sealed record LoyaltyReward(string Id, string Fr, string En, long PointsCost, string Type, long ValueXaf);

public static class RewardType
{
    public const string Cashback = "cashback";
    public const string Discount = "discount";
    public const string FreeDelivery = "free_delivery";
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

    /// <summary>Stands for the tiers above: another one as soon as any of them gives something else.</summary>
    public static readonly string Edition = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Tiers)))[..16];

    public static readonly IReadOnlyList<LoyaltyReward> Rewards =
    [
        new("cashback-500", "500 FCFA sur votre portefeuille", "500 FCFA on your wallet", 100, RewardType.Cashback, 500),
        new("cashback-1500", "1 500 FCFA sur votre portefeuille", "1,500 FCFA on your wallet", 280, RewardType.Cashback, 1_500),
        new("cashback-5000", "5 000 FCFA sur votre portefeuille", "5,000 FCFA on your wallet", 900, RewardType.Cashback, 5_000),
        new("discount-1000", "1 000 FCFA de remise sur une commande", "1,000 FCFA off an order", 180, RewardType.Discount, 1_000),
        new("discount-3000", "3 000 FCFA de remise sur une commande", "3,000 FCFA off an order", 500, RewardType.Discount, 3_000),
        new("free-delivery", "Une livraison offerte", "A free delivery", 150, RewardType.FreeDelivery, 0)
    ];

    public static LoyaltyTier TierOf(long earnedPoints) => Tiers.Last(tier => earnedPoints >= tier.FromPoints);

    public static long PointsToNext(long earnedPoints) =>
        Tiers.FirstOrDefault(tier => tier.FromPoints > earnedPoints) is { } next ? next.FromPoints - earnedPoints : 0;

    public static long PointsFor(long foodXaf, long earnedPoints) => foodXaf / XafPerPoint * TierOf(earnedPoints).Multiplier;
}
