using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering;

public sealed record CartItemView(
    Guid Id, Guid ItemId, string Name, int Quantity, long Price, long Total, IReadOnlyList<PlaceOrderChoice> Customizations,
    string? SpecialInstructions);

public sealed record CartProblemView(string Code, string Message);

/// <summary>A cart at today's prices; with a <c>problem</c> it cannot be ordered as it is, and prices are the last known ones.</summary>
public sealed record CartView(
    Guid Id, Guid? RestaurantId, string? RestaurantName, IReadOnlyList<CartItemView> Items, long Subtotal, long DeliveryFee, long ServiceFee, long Tax,
    long Discount, long Total, string Currency, long MinimumOrder, CartProblemView? Problem, DateTimeOffset UpdatedAt);

/// <summary>Where the cart's food would go, once that is known.</summary>
public sealed record CartDoor(
    [property: FromQuery(Name = "lat"), Range(-90d, 90d)] double? Lat = null, [property: FromQuery(Name = "lng"), Range(-180d, 180d)] double? Lng = null)
{
    internal DeliveryAddress? ToAddress() => Lat is { } y && Lng is { } x ? new("", "", null, null, null, y, x) : null;
}

/// <summary>Reads and prices carts; each person has one.</summary>
internal sealed class CartDesk(
    OrderingDbContext db, CatalogMenu menu, DeliveryQuotes delivery, TierBenefits tiers, RefusalTable refusals,
    IOptions<OrderingOptions> options)
{
    public async Task<Cart> OpenAsync(Guid ownerId, CancellationToken ct)
    {
        if (await db.Carts.SingleOrDefaultAsync(cart => cart.OwnerId == ownerId, ct) is { } kept)
            return kept;
        var fresh = new Cart { OwnerId = ownerId };
        db.Add(fresh);
        return fresh;
    }

    /// <summary>Refuses with CART_FULL.</summary>
    public static void RequireRoom(Cart cart)
    {
        if (cart.Lines.Count >= Cart.MostLines)
            throw new RuleViolatedException("CART_FULL", ("maximum", Cart.MostLines));
    }

    public static List<MenuLine> LinesOf(Cart cart) => [.. cart.Lines.Select(line => new MenuLine(
        line.ItemId, line.Quantity, [.. line.Choices.Select(choice => new MenuChoice(choice.OptionId, choice.ValueId))], line.SpecialInstructions))];

    public Task<CartView> ViewAsync(Cart cart, HttpContext http, CancellationToken ct) => ViewAsync(cart, null, http, ct);

    /// <summary>Priced as a quote would: to the <paramref name="door"/>, or for the restaurant's usual fee while nobody has said where.</summary>
    public async Task<CartView> ViewAsync(Cart cart, CartDoor? door, HttpContext http, CancellationToken ct)
    {
        if (cart.Lines.Count == 0)
            return Of(cart, null, [], null, null);
        try
        {
            var place = door?.ToAddress();
            var (seller, items, _) = await menu.QuoteAsync(cart.RestaurantId, LinesOf(cart), place, holdFor: null, at: null, ct);
            var feeXaf = place is null ? seller.DeliveryFeeXaf : (await delivery.QuoteAsync(seller, place.Latitude, place.Longitude, ct)).FeeXaf;
            var tier = CurrentUser.From(http.User)?.Id == cart.OwnerId ? await tiers.FindAsync(cart.OwnerId, ct) : null;
            // A cart below the minimum still has its price: the minimum stands beside it.
            var bill = Pricing.Of(items, minimumXaf: 0, feeXaf, options.Value.Charges, tier: tier);
            return Of(cart, seller, [.. items.Select(item => item.UnitPriceXaf)], bill, null);
        }
        catch (RuleViolatedException refused)
        {
            var sentence = RefusalTable.Say(refusals.Of(refused), Language.Of(http), refused.Details);
            return Of(cart, null, [.. cart.Lines.Select(line => line.LastUnitPriceXaf)], null, new(refused.Code, sentence));
        }
    }

    private static CartView Of(Cart cart, Seller? seller, IReadOnlyList<long> prices, Pricing? bill, CartProblemView? problem)
    {
        var items = cart.Lines.Select((line, place) => new CartItemView(
            line.Id, line.ItemId, line.Name, line.Quantity, prices[place], prices[place] * line.Quantity,
            [.. line.Choices.Select(choice => new PlaceOrderChoice(choice.OptionId, choice.ValueId))], line.SpecialInstructions)).ToList();
        var subtotal = items.Sum(item => item.Total);
        return new(
            cart.OwnerId, cart.Lines.Count == 0 ? null : cart.RestaurantId, seller?.Card.Name, items, subtotal, bill?.DeliveryFeeXaf ?? 0,
            bill?.ServiceFeeXaf ?? 0, bill?.TaxXaf ?? 0, bill?.DiscountXaf ?? 0, bill?.TotalXaf ?? subtotal, "XAF",
            seller?.MinimumOrderXaf ?? 0, problem, cart.UpdatedAt);
    }
}
