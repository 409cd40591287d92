using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering.Features;

/// <summary>A basket to be priced.</summary>
public abstract record QuoteBody : BasketBody
{
    [Required, NotEmpty]
    public Guid? RestaurantId { get; init; }

    /// <summary>Taken so that an order's body can be quoted as it stands; it changes no price, and neither do the instructions.</summary>
    [StringLength(40)]
    public string? PaymentMethod { get; init; }

    [StringLength(500)]
    public string? SpecialInstructions { get; init; }
}

public sealed record QuoteOrderRequest : QuoteBody;

public sealed record QuoteGuestOrderRequest : QuoteBody
{
    [StringLength(100)]
    public string? SessionId { get; init; }
}

public sealed record QuoteOrderResponse(
    string QuoteToken, DateTimeOffset ExpiresAt, Guid RestaurantId, string RestaurantName, IReadOnlyList<QuotedLine> Items, PricingView Pricing,
    string? PromoCode, int EstimatedPreparationTime, int EstimatedDeliveryMinutes);

public sealed record QuotedLine(
    Guid ItemId, string Name, int Quantity, long UnitPrice, long TotalPrice, IReadOnlyList<CustomizationView> Customizations);

/// <summary>Says what a basket costs, part by part, and signs it: an order that brings the token back in time is charged exactly that.</summary>
internal static class QuoteOrder
{
    public static void Map(IEndpointRouteBuilder orders, IEndpointRouteBuilder guest)
    {
        orders.MapPost("/quote", Handle).RequireAuthorization(Policies.Customer).WithName(nameof(QuoteOrder)).WithSummary("Price a basket");
        guest.MapPost("/orders/quote", HandleGuest).WithName("QuoteGuestOrder").WithSummary("Price a guest's basket");
    }

    internal static Task<Ok<Envelope<QuoteOrderResponse>>> Handle(
        QuoteOrderRequest request, CurrentUser user, Checkout checkout, Promotions promotions, QuoteSeal seal,
        IOptions<OrderingOptions> options, TimeProvider clock, CancellationToken ct) =>
        QuoteAsync(user.Id, request, isGuest: false, checkout, promotions, seal, options.Value, clock.GetUtcNow(), ct);

    internal static async Task<Ok<Envelope<QuoteOrderResponse>>> HandleGuest(
        QuoteGuestOrderRequest request, HttpContext http, Guests guests, Checkout checkout, Promotions promotions, QuoteSeal seal,
        IOptions<OrderingOptions> options, TimeProvider clock)
    {
        var guest = await guests.RequireAsync(http.Request, request.SessionId, http.RequestAborted);
        return await QuoteAsync(guest, request, isGuest: true, checkout, promotions, seal, options.Value, clock.GetUtcNow(), http.RequestAborted);
    }

    private static async Task<Ok<Envelope<QuoteOrderResponse>>> QuoteAsync(
        Guid customerId, QuoteBody request, bool isGuest, Checkout checkout, Promotions promotions, QuoteSeal seal,
        OrderingOptions options, DateTimeOffset now, CancellationToken ct)
    {
        var basket = request.ToBasket(customerId, request.RestaurantId!.Value, PaymentMethods.Cash) with { IsGuest = isGuest };
        var priced = await checkout.PriceAsync(basket, now, ct);
        await promotions.RequireUsableAsync(priced.Discount, basket, ct);

        var expiresAt = now + options.QuoteLifetime;
        var prices = priced.Items.Select(item => item.UnitPriceXaf).ToList();
        var token = seal.Seal(new Quote(
            customerId, QuoteSeal.FingerprintOf(basket), prices, priced.Bill, priced.Discount, priced.TravelMinutes, expiresAt));
        var (seller, minutes) = (priced.Seller, priced.Seller.PreparationMinutes);
        return Answer.Ok(new QuoteOrderResponse(
            token, expiresAt, seller.RestaurantId, seller.Card.Name, [.. priced.Items.Select(LineOf)], Views.PricingOf(priced.Bill),
            priced.Discount?.Code, minutes, minutes + priced.TravelMinutes));
    }

    private static QuotedLine LineOf(OrderItem item) => new(
        item.ItemId, item.Name, item.Quantity, item.UnitPriceXaf, item.TotalPriceXaf,
        [.. item.Customizations.Select(choice => new CustomizationView(
            choice.OptionId, choice.ValueId, choice.OptionName, choice.ValueName, choice.PriceXaf))]);
}
