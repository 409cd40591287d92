using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering;

public sealed record CartItemView(
    Guid Id, Guid ItemId, string Name, int Quantity, long Price, long Total, IReadOnlyList<PlaceOrderChoice> Customizations,
    string? SpecialInstructions);

public sealed record CartProblemView(string Code, string Message);

/// <summary>A cart at today's prices; with a <c>problem</c> it cannot be ordered as it is, and prices are the last known ones.</summary>
public sealed record CartView(
    Guid Id, Guid? RestaurantId, string? RestaurantName, IReadOnlyList<CartItemView> Items, long Subtotal, long DeliveryFee, long Tax, long Total,
    string Currency, long MinimumOrder, CartProblemView? Problem, DateTimeOffset UpdatedAt);

/// <summary>Reads and prices carts; each person has one.</summary>
internal sealed class CartDesk(OrderingDbContext db, CatalogMenu menu, RefusalTable refusals)
{
    public async Task<Cart> OpenAsync(Guid ownerId, CancellationToken ct)
    {
        if (await db.Carts.SingleOrDefaultAsync(cart => cart.OwnerId == ownerId, ct) is { } kept)
            return kept;
        var fresh = new Cart { OwnerId = ownerId };
        db.Add(fresh);
        return fresh;
    }

    public static List<MenuLine> LinesOf(Cart cart) => [.. cart.Lines.Select(line => new MenuLine(
        line.ItemId, line.Quantity, [.. line.Choices.Select(choice => new MenuChoice(choice.OptionId, choice.ValueId))], line.SpecialInstructions))];

    public async Task<CartView> ViewAsync(Cart cart, HttpContext http, CancellationToken ct)
    {
        if (cart.Lines.Count == 0)
            return Of(cart, null, [.. cart.Lines.Select(line => line.LastUnitPriceXaf)], null);
        try
        {
            var (seller, items) = await menu.QuoteAsync(cart.RestaurantId, LinesOf(cart), door: null, holdFor: null, at: null, ct);
            return Of(cart, seller, [.. items.Select(item => item.UnitPriceXaf)], null);
        }
        catch (RuleViolatedException refused)
        {
            var sentence = RefusalTable.Say(refusals.Of(refused), Language.Of(http), refused.Details);
            return Of(cart, null, [.. cart.Lines.Select(line => line.LastUnitPriceXaf)], new(refused.Code, sentence));
        }
    }

    private static CartView Of(Cart cart, Seller? seller, IReadOnlyList<long> prices, CartProblemView? problem)
    {
        var items = cart.Lines.Select((line, place) => new CartItemView(
            line.Id, line.ItemId, line.Name, line.Quantity, prices[place], prices[place] * line.Quantity,
            [.. line.Choices.Select(choice => new PlaceOrderChoice(choice.OptionId, choice.ValueId))], line.SpecialInstructions)).ToList();
        var subtotal = items.Sum(item => item.Total);
        return new(
            cart.OwnerId, cart.Lines.Count == 0 ? null : cart.RestaurantId, seller?.Card.Name, items, subtotal, seller?.DeliveryFeeXaf ?? 0, 0,
            subtotal + (seller?.DeliveryFeeXaf ?? 0), "XAF", seller?.MinimumOrderXaf ?? 0, problem, cart.UpdatedAt);
    }
}
