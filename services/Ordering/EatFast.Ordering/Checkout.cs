using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering;

/// <summary>What somebody wants, before it is priced.</summary>
internal sealed record Basket(
    Guid CustomerId, Guid RestaurantId, IReadOnlyList<MenuLine> Lines, DeliveryAddress Address, string PaymentMethod, string? SpecialInstructions);

/// <summary>Turns a basket into a priced draft; every figure comes from Catalog, Delivery or our configuration.</summary>
internal sealed class Checkout(CatalogMenu menu, DeliveryQuotes delivery, OrderingDbContext db, IOptions<OrderingOptions> options)
{
    public async Task<OrderDraft> DraftAsync(Basket basket, DateTimeOffset now, CancellationToken ct)
    {
        var method = PaymentMethods.Require(basket.PaymentMethod);
        var (seller, items) = await menu.QuoteAsync(basket.RestaurantId, basket.Lines, ct);
        var (feeXaf, travelMinutes) = await delivery.QuoteAsync(seller, basket.Address.Latitude, basket.Address.Longitude, ct);
        var pricing = Pricing.Of(items, seller.MinimumOrderXaf, feeXaf, options.Value.Charges);
        var number = OrderNumber.From(await db.NextOrderNumberAsync(ct), now);
        return new(number, basket.CustomerId, seller, items, pricing, basket.Address, method, basket.SpecialInstructions, travelMinutes);
    }
}
