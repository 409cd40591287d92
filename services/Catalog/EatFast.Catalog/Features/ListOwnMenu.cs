using EatFast.Catalog.Data;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

public sealed record ListOwnMenuResponse(Guid RestaurantId, IReadOnlyList<OwnCategoryView> Categories);

/// <summary>The whole menu for its owner: hidden categories, sold-out items and stock included, and never from a cache.</summary>
internal static class ListOwnMenu
{
    public static void Map(IEndpointRouteBuilder owner) => owner
        .MapGet("/restaurant/menus", Handle)
        .WithName(nameof(ListOwnMenu))
        .WithSummary("Read your menu");

    internal static async Task<Ok<Envelope<ListOwnMenuResponse>>> Handle(
        Guid? restaurantId, CurrentUser user, CatalogDbContext db, CancellationToken ct)
    {
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        var categories = await db.MenuCategories.AsNoTracking()
            .Where(category => category.RestaurantId == restaurant.Id).OrderBy(category => category.SortOrder).ToListAsync(ct);
        var items = await db.MenuItems.AsNoTracking().AsSplitQuery()
            .Include(item => item.Options).ThenInclude(option => option.Values)
            .Where(item => item.RestaurantId == restaurant.Id).OrderBy(item => item.Id).ToListAsync(ct);
        var byCategory = items.ToLookup(item => item.CategoryId);
        return Answer.Ok(new ListOwnMenuResponse(
            restaurant.Id, categories.ConvertAll(category => OwnCategoryView.Of(category, byCategory[category.Id]))));
    }
}
