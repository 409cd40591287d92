using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>A promotion as customers read it; <c>freeDelivery</c> is the clients' word for the stored <c>free_delivery</c>.</summary>
public sealed record PromotionView(
    Guid Id, string Code, string Title, string Description, string Type, long Value, long MinimumOrderAmount, long? MaximumDiscountAmount,
    DateTimeOffset StartDate, DateTimeOffset EndDate, bool IsFirstTimeOnly, IReadOnlyList<Guid> ApplicableRestaurants,
    IReadOnlyList<Guid> ApplicableCategories, bool IsActive, int UsageLimit, int UsageCount)
{
    internal static PromotionView Of(Promotion promotion)
    {
        var terms = promotion.Terms;
        return new(
            promotion.Id, promotion.Code, terms.Title, terms.Description, WordOf(terms.Type), terms.Value, terms.MinimumOrderXaf,
            terms.MaximumDiscountXaf, terms.StartsAt, terms.EndsAt, terms.IsFirstOrderOnly, terms.RestaurantIds, terms.CategoryIds,
            promotion.IsActive, terms.UsageLimit, promotion.UsageCount);
    }

    internal static string WordOf(string type) => type == PromotionType.FreeDelivery ? "freeDelivery" : type;
}

/// <summary>A promotion as admins read it, with its limits and how far they are used.</summary>
public sealed record OwnPromotionView(
    PromotionView Promotion, bool IsActive, int UsageLimit, int PerUserLimit, int UsageCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static OwnPromotionView Of(Promotion promotion) => new(
        PromotionView.Of(promotion), promotion.IsActive, promotion.Terms.UsageLimit, promotion.Terms.PerUserLimit, promotion.UsageCount,
        promotion.CreatedAt, promotion.UpdatedAt);
}
