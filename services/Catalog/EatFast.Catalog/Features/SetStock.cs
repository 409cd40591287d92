using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

/// <summary>Null has to be said: it stops counting.</summary>
public sealed record SetStockRequest
{
    [Range(0, 100_000)]
    public required int? Stock { get; init; }
}

public sealed record SetStocksRequest([property: Required, MinLength(1), MaxLength(200)] IReadOnlyList<SetStockLine> Items) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Items?.Any(line => line is null) == true || Items?.DistinctBy(line => line.ItemId).Count() < Items?.Count)
            yield return new("Each item once, and none of them null.", [nameof(Items)]);
    }
}

public sealed record SetStockLine
{
    [NotEmpty]
    public required Guid ItemId { get; init; }

    [Range(0, 100_000)]
    public required int? Stock { get; init; }
}

public sealed record StocksResponse(IReadOnlyList<OwnItemView> Items);

/// <summary>The owner counts what is left to sell; from then on each order takes from it, and an empty item is sold out.</summary>
internal static class SetStock
{
    public static void Map(IEndpointRouteBuilder owner)
    {
        owner.MapPut("/menu/items/{itemId:guid}/stock", Handle).WithName(nameof(SetStock)).WithSummary("Set the stock of an item");
        owner.MapPut("/restaurant/menus/stock/bulk", HandleAll).WithName("SetStocks").WithSummary("Set the stock of several items");
    }

    internal static async Task<Ok<Envelope<OwnItemView>>> Handle(
        Guid itemId, SetStockRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var item = await db.RequireItemAsync(itemId, user, ct);
        item.SetStock(request.Stock, now);
        await changes.SaveItemsAsync([item], now, ct);
        return Answer.Ok(OwnItemView.Of(item));
    }

    internal static async Task<Ok<Envelope<StocksResponse>>> HandleAll(
        SetStocksRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stocks = request.Items.ToDictionary(line => line.ItemId, line => line.Stock);
        var items = await db.RequireItemsAsync(stocks.Keys, user, ct);
        items.ForEach(item => item.SetStock(stocks[item.Id], now));
        await changes.SaveItemsAsync(items, now, ct);
        return Answer.Ok(new StocksResponse(items.ConvertAll(OwnItemView.Of)));
    }
}
