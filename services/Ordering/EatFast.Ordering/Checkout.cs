using EatFast.Errors;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering;

/// <summary>What somebody wants, before it is priced.</summary>
internal sealed record Basket(
    Guid CustomerId, Guid RestaurantId, IReadOnlyList<MenuLine> Lines, DeliveryAddress? Address, string PaymentMethod, string? SpecialInstructions)
{
    public string? PromoCode { get; init; }

    public long TipXaf { get; init; }

    public string? QuoteToken { get; init; }

    public string DeliveryType { get; init; } = Domain.DeliveryType.Delivery;

    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>Who comes to the door, where nobody signed in.</summary>
    public GuestContact? Guest { get; init; }

    public bool IsGuest { get; init; }
}

/// <summary>A basket with every figure that its bill is made of.</summary>
internal sealed record PricedBasket(Seller Seller, IReadOnlyList<OrderItem> Items, Pricing Bill, Discount? Discount, int TravelMinutes, bool IsUncounted);

/// <summary>Turns a basket into a priced draft; every figure comes from Catalog, Delivery or our configuration, or from our own quote.</summary>
internal sealed class Checkout(
    CatalogMenu menu, DeliveryQuotes delivery, Promotions promotions, TierBenefits tiers, QuoteSeal seal, FieldCipher cipher,
    OrderingDbContext db, IOptions<OrderingOptions> options)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan Latest = TimeSpan.FromDays(7);

    public async Task<OrderDraft> DraftAsync(Basket basket, DateTimeOffset now, CancellationToken ct)
    {
        var method = PaymentMethods.Of(basket.PaymentMethod);
        var quote = basket.QuoteToken is { Length: > 0 } token ? seal.Open(token, basket, now) : null;
        var priced = quote is null ? await PriceAsync(basket, now, ct) : await KeepAsync(quote, basket, ct);
        await promotions.RequireUsableAsync(priced.Discount, basket, ct);
        // The order's id is known before the order, so that Catalog can hold counted items for it: last, when nothing else refuses it.
        var orderId = Guid.CreateVersion7(now);
        if (!priced.IsUncounted)
            await menu.QuoteAsync(basket.RestaurantId, basket.Lines, basket.Address, orderId, basket.ScheduledFor, ct);
        var number = OrderNumber.From(await db.NextOrderNumberAsync(ct), now);
        return new(
            number, basket.CustomerId, priced.Seller, priced.Items, priced.Bill, basket.Address ?? CounterOf(priced.Seller), method, basket.SpecialInstructions,
            priced.TravelMinutes)
        {
            Id = orderId,
            Discount = priced.Discount,
            DeliveryType = basket.DeliveryType,
            ScheduledFor = basket.ScheduledFor,
            SealedGuest = basket.Guest?.Seal(cipher, orderId)
        };
    }

    /// <summary>What the basket costs at this moment.</summary>
    public async Task<PricedBasket> PriceAsync(Basket basket, DateTimeOffset now, CancellationToken ct)
    {
        var promotion = await promotions.FindAsync(basket.PromoCode, ct);
        RequireTime(basket, now);
        var (seller, items, isUncounted) = await menu.QuoteAsync(basket.RestaurantId, basket.Lines, basket.Address, null, basket.ScheduledFor, ct);
        var (feeXaf, travelMinutes) = basket.Address is { } door ? await delivery.QuoteAsync(seller, door.Latitude, door.Longitude, ct) : (0, 0);
        var discount = promotion?.DiscountOn(basket.RestaurantId, [.. items], feeXaf, now);
        var tier = basket.IsGuest ? null : await tiers.FindAsync(basket.CustomerId, ct);
        var bill = Pricing.Of(items, seller.MinimumOrderXaf, feeXaf, options.Value.Charges, discount, basket.TipXaf, tier);
        return new(seller, items, bill, discount, travelMinutes, isUncounted);
    }

    private static void RequireTime(Basket basket, DateTimeOffset now)
    {
        if (basket.ScheduledFor is { } then && (then < now + Soonest || then > now + Latest))
            throw new RuleViolatedException("SCHEDULE_NOT_POSSIBLE", ("minutes", (int)Soonest.TotalMinutes), ("days", (int)Latest.TotalDays));
    }

    // A pickup has no door: its place is the restaurant's counter.
    private static DeliveryAddress CounterOf(Seller seller)
    {
        var card = seller.Card;
        return new(card.Street, card.City, card.District, card.Name, null, card.Latitude, card.Longitude);
    }

    // Catalog still says whether everything can be had; what it costs was promised.
    private async Task<PricedBasket> KeepAsync(Quote quote, Basket basket, CancellationToken ct)
    {
        var (seller, items, isUncounted) = await menu.QuoteAsync(basket.RestaurantId, basket.Lines, basket.Address, null, basket.ScheduledFor, ct);
        var promised = items.Select((item, place) => item.At(quote.UnitPricesXaf[place])).ToList();
        return new(seller, promised, quote.Bill, quote.Discount, quote.TravelMinutes, isUncounted);
    }
}
