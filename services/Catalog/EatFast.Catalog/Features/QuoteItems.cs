using System.Globalization;
using EatFast.Catalog.Contracts.V1;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>Prices the lines of an order for Ordering, in two queries; nothing that a customer sent about prices is believed.</summary>
internal sealed class QuoteItems(CatalogDbContext db, StockRoom stock, TimeProvider clock)
{
    public async Task<QuoteItemsReply> HandleAsync(QuoteItemsRequest request, CancellationToken ct)
    {
        var restaurantId = IdOf(request.RestaurantId, "RESTAURANT_NOT_FOUND");
        var restaurant = await db.Restaurants
            .Where(r => r.Id == restaurantId && r.Status == RestaurantStatus.Active)
            .Select(RestaurantMessage.At(MomentOf(request)))
            .SingleOrDefaultAsync(ct) ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND");
        if (!restaurant.IsOpen)
            throw new RuleViolatedException(await WhyNotAsync(restaurantId, MomentOf(request), ct), ("name", restaurant.Name));

        var items = await ItemsAsync(restaurantId, [.. request.Lines.Select(line => IdOf(line.ItemId, "ITEM_NOT_FOUND"))], ct);
        var reply = new QuoteItemsReply { Restaurant = restaurant, IsUncounted = items.Values.All(item => item.Stock is null) };
        reply.Lines.AddRange(request.Lines.Select(line => Price(line, items)));
        if (request.Destination is not null)
            restaurant.To(request.Destination, await db.Restaurants.Where(r => r.Id == restaurantId).Select(r => r.DeliveryArea).SingleAsync(ct));
        // Last, because nothing may be held for an order that the lines above refuse.
        if (request.OrderId.Length > 0)
            await stock.HoldAsync(IdOf(request.OrderId, "ORDER_NOT_FOUND"), request.Lines.Select(line => (items[Guid.Parse(line.ItemId)], line.Quantity)), ct);
        return reply;
    }

    // Closed by its hours, or its owner takes no orders though the hours say open: clients show different screens.
    private async Task<string> WhyNotAsync(Guid restaurantId, DateTimeOffset at, CancellationToken ct) =>
        await db.Restaurants.AnyAsync(r => r.Id == restaurantId && r.IsPaused && (r.PausedUntil == null || r.PausedUntil > at), ct)
            ? "RESTAURANT_NOT_ACCEPTING_ORDERS"
            : "RESTAURANT_CLOSED";

    private DateTimeOffset MomentOf(QuoteItemsRequest request) =>
        DateTimeOffset.TryParse(request.At, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var then) ? then : clock.GetUtcNow();

    private Task<Dictionary<Guid, MenuItem>> ItemsAsync(Guid restaurantId, HashSet<Guid> ids, CancellationToken ct) => db.MenuItems
        .AsNoTracking()
        .AsSingleQuery()
        .Include(item => item.Options).ThenInclude(option => option.Values)
        .Where(item => ids.Contains(item.Id) && item.RestaurantId == restaurantId)
        .Where(item => db.MenuCategories.Any(category => category.Id == item.CategoryId && category.IsActive))
        .ToDictionaryAsync(item => item.Id, ct);

    private static QuoteItemsReply.Types.Line Price(QuoteItemsRequest.Types.Line line, Dictionary<Guid, MenuItem> items)
    {
        var item = items.GetValueOrDefault(Guid.Parse(line.ItemId)) ?? throw new RuleViolatedException("ITEM_NOT_FOUND");
        // An id that is none fits no option, so the item refuses it by itself.
        var wanted = line.Selections.Select(selection => new Choice(OrNone(selection.OptionId), OrNone(selection.ValueId)));
        var priced = item.PriceWith([.. wanted]);

        var reply = new QuoteItemsReply.Types.Line
        {
            ItemId = line.ItemId,
            Name = item.Name,
            CategoryId = $"{item.CategoryId}",
            Quantity = line.Quantity,
            UnitPriceXaf = priced.UnitPriceXaf
        };
        reply.Selections.AddRange(priced.Choices.Select(choice => new QuoteItemsReply.Types.Selection
        {
            OptionId = $"{choice.Option.Id}",
            ValueId = $"{choice.Value.Id}",
            OptionName = choice.Option.Name,
            ValueName = choice.Value.Name,
            PriceXaf = choice.Value.PriceXaf
        }));
        return reply;
    }

    private static Guid IdOf(string text, string refusal) =>
        Guid.TryParse(text, out var id) ? id : throw new RuleViolatedException(refusal);

    private static Guid OrNone(string text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;
}
