using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

public sealed record ReorderCategoriesRequest(
    [property: JsonPropertyName("category_ids"), Required, MinLength(1), MaxLength(200)] IReadOnlyList<Guid> CategoryIds);

public sealed record ReorderItemsRequest([property: JsonPropertyName("item_ids"), Required, MinLength(1), MaxLength(500)] IReadOnlyList<Guid> ItemIds);

public sealed record ReorderMenuResponse(IReadOnlyList<Guid> Ids);

/// <summary>The owner drags categories, or the items of one, into a new order; the list has to name each of them once.</summary>
internal static class ReorderMenu
{
    public static void Map(IEndpointRouteBuilder owner)
    {
        owner.MapPut("/restaurant/{restaurantId:guid}/menu/categories/reorder", HandleCategories)
            .WithName("ReorderCategories").WithSummary("Put categories in order");
        owner.MapPut("/menu/categories/{categoryId:guid}/items/reorder", HandleItems)
            .WithName("ReorderItems").WithSummary("Put the items of a category in order");
    }

    internal static async Task<Ok<Envelope<ReorderMenuResponse>>> HandleCategories(
        Guid restaurantId, ReorderCategoriesRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        var categories = await db.MenuCategories.Where(category => category.RestaurantId == restaurant.Id).ToListAsync(ct);
        foreach (var (place, category) in Ordered(categories, category => category.Id, request.CategoryIds))
            category.Edit(null, null, place, null);
        await changes.SaveMenuAsync(restaurant.Id, clock.GetUtcNow(), ct);
        return Answer.Ok(new ReorderMenuResponse(request.CategoryIds));
    }

    internal static async Task<Ok<Envelope<ReorderMenuResponse>>> HandleItems(
        Guid categoryId, ReorderItemsRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var category = await db.RequireCategoryAsync(categoryId, user, ct);
        var items = await db.MenuItems.Where(item => item.CategoryId == categoryId).ToListAsync(ct);
        foreach (var (place, item) in Ordered(items, item => item.Id, request.ItemIds))
            item.Edit(new MenuItemEdit { SortOrder = place }, now);
        await changes.SaveMenuAsync(category.RestaurantId, now, ct);
        return Answer.Ok(new ReorderMenuResponse(request.ItemIds));
    }

    private static IEnumerable<(int Place, T Row)> Ordered<T>(List<T> rows, Func<T, Guid> idOf, IReadOnlyList<Guid> wanted)
    {
        if (wanted.Count != rows.Count || !wanted.ToHashSet().SetEquals(rows.Select(idOf)))
            throw new RuleViolatedException("MENU_ORDER_INCOMPLETE");
        var byId = rows.ToDictionary(idOf);
        return wanted.Select((id, index) => (index + 1, byId[id]));
    }
}
