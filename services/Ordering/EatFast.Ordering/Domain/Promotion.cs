using EatFast.Errors;

namespace EatFast.Ordering.Domain;

/// <summary>A price cut by code. How often it was used is counted in the database alone, so that its limits hold under any crowd.</summary>
public sealed class Promotion
{
    private Promotion()
    {
    }

    public Guid Id { get; private init; }
    public string Code { get; private set; } = "";
    public PromotionTerms Terms { get; private set; } = null!;
    public bool IsActive { get; private set; }
    public int UsageCount { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }

    public static Promotion Create(string code, PromotionTerms terms, bool isActive, DateTimeOffset now)
    {
        var promotion = new Promotion { Id = Guid.CreateVersion7(now), CreatedAt = now };
        promotion.Change(code, terms, isActive, now);
        return promotion;
    }

    /// <summary>What a customer got for points: one order, nobody else's. It goes by the redemption's id, so it is made once.</summary>
    public static Promotion Reward(Guid redemptionId, string code, PromotionTerms terms, DateTimeOffset now)
    {
        var promotion = new Promotion { Id = redemptionId, CreatedAt = now };
        promotion.Change(code, terms with { UsageLimit = 1 }, isActive: true, now);
        return promotion;
    }

    /// <summary>Codes are compared as people type them: without regard to case or blanks around them.</summary>
    public static string Normalize(string code) => code.Trim().ToUpperInvariant();

    public void Change(string code, PromotionTerms terms, bool isActive, DateTimeOffset now)
    {
        (Code, Terms, IsActive, UpdatedAt) = (Normalize(code), terms, isActive, now);
        Version++;
    }

    /// <summary>What it takes off this basket. Refuses with PROMO_CODE_INVALID and a reason; limits are checked when it is redeemed.</summary>
    public Discount DiscountOn(Guid restaurantId, IReadOnlyCollection<OrderItem> items, long deliveryFeeXaf, DateTimeOffset now)
    {
        if (!IsActive || now < Terms.StartsAt || now >= Terms.EndsAt)
            throw Refuse(now < Terms.StartsAt ? "not_started" : IsActive ? "expired" : "inactive");
        if (Terms.RestaurantIds.Count > 0 && !Terms.RestaurantIds.Contains(restaurantId))
            throw Refuse("other_restaurant");
        if (items.Sum(item => item.TotalPriceXaf) < Terms.MinimumOrderXaf)
            throw Refuse("minimum_not_reached");
        var eligible = items.Where(item => Terms.CategoryIds.Count == 0 || (item.CategoryId is { } id && Terms.CategoryIds.Contains(id)))
            .Sum(item => item.TotalPriceXaf);
        if (eligible == 0)
            throw Refuse("other_category");
        var amount = Terms.AmountOff(eligible, deliveryFeeXaf);
        return new(Id, Code, amount) { DeliveryXaf = Terms.Type == PromotionType.FreeDelivery ? amount : 0 };
    }

    public static RuleViolatedException Refuse(string reason) => new("PROMO_CODE_INVALID", ("reason", reason));
}

/// <summary>What a promotion gives and to whom; a limit of 0 is none, an empty list is everything.</summary>
public sealed record PromotionTerms
{
    public required string Title { get; init; }
    public string Description { get; init; } = "";
    public required string Type { get; init; }
    /// <summary>Percent, or whole francs; free delivery needs none.</summary>
    public long Value { get; init; }
    public long MinimumOrderXaf { get; init; }
    public long? MaximumDiscountXaf { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public bool IsFirstOrderOnly { get; init; }
    public int UsageLimit { get; init; }
    public int PerUserLimit { get; init; }
    /// <summary>The only one who may use it; null is everybody.</summary>
    public Guid? OwnerId { get; init; }
    public IReadOnlyList<Guid> RestaurantIds { get; init; } = [];
    public IReadOnlyList<Guid> CategoryIds { get; init; } = [];

    internal long AmountOff(long eligibleXaf, long deliveryFeeXaf)
    {
        var amount = Type switch
        {
            PromotionType.Percentage => eligibleXaf * Value / 100,
            PromotionType.Fixed => Math.Min(Value, eligibleXaf),
            _ => deliveryFeeXaf
        };
        return Math.Min(amount, MaximumDiscountXaf ?? amount);
    }
}

public static class PromotionType
{
    public const string Percentage = "percentage";
    public const string Fixed = "fixed";
    public const string FreeDelivery = "free_delivery";
}

/// <summary>What one promotion takes off one basket.</summary>
public sealed record Discount(Guid PromotionId, string Code, long AmountXaf)
{
    /// <summary>What of it is the delivery fee, which nobody gives back again.</summary>
    public long DeliveryXaf { get; init; }
}

/// <summary>One use of a promotion; it counts until its order stops.</summary>
public sealed class PromotionRedemption
{
    public required Guid OrderId { get; init; }
    public required Guid PromotionId { get; init; }
    public required Guid CustomerId { get; init; }
    public required long DiscountXaf { get; init; }
    public required DateTimeOffset RedeemedAt { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
}
