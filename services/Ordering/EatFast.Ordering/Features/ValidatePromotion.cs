using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>The basket as far as its client knows it; the order itself is priced anew.</summary>
public sealed record ValidatePromotionRequest(
    [property: Required, StringLength(40)] string Code,
    [property: Required, Range(0, 100_000_000)] long? OrderAmount,
    [property: Range(0, 1_000_000)] long? DeliveryFee,
    Guid? RestaurantId,
    Guid? OrderId);

public sealed record ValidatePromotionResponse(
    bool Valid, string Code, string Title, string Description, string DiscountType, long DiscountAmount, long MinimumOrderAmount,
    DateTimeOffset ExpiryDate);

/// <summary>Says what a code would take off, or why it does not work; nothing is used up by asking.</summary>
internal static class ValidatePromotion
{
    public static void Map(IEndpointRouteBuilder promotions) => promotions
        .MapPost("/validate", Handle)
        .AllowAnonymous()
        .WithName(nameof(ValidatePromotion))
        .WithSummary("Try a promotion code");

    internal static async Task<Ok<Envelope<ValidatePromotionResponse>>> Handle(
        ValidatePromotionRequest request, HttpContext http, Promotions promotions, TimeProvider clock, CancellationToken ct)
    {
        var promotion = await promotions.FindAsync(request.Code, ct) ?? throw Promotion.Refuse("unknown");
        await promotions.RequireUsableAsync(promotion, CurrentUser.From(http.User)?.Id, ct);
        // One piece that stands for the whole basket: its categories are not known here, so it counts as one of them.
        var basket = new OrderItem
        {
            Position = 0,
            ItemId = Guid.Empty,
            CategoryId = promotion.Terms.CategoryIds.Count > 0 ? promotion.Terms.CategoryIds[0] : null,
            Name = "",
            Quantity = 1,
            UnitPriceXaf = request.OrderAmount!.Value,
            Customizations = []
        };
        var restaurantId = request.RestaurantId ?? (promotion.Terms.RestaurantIds is [var first, ..] ? first : default);
        var discount = promotion.DiscountOn(restaurantId, [basket], request.DeliveryFee ?? 0, clock.GetUtcNow());
        var terms = promotion.Terms;
        return Answer.Ok(new ValidatePromotionResponse(
            true, promotion.Code, terms.Title, terms.Description, PromotionView.WordOf(terms.Type), discount.AmountXaf, terms.MinimumOrderXaf,
            terms.EndsAt));
    }
}
