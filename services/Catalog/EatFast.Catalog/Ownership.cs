using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog;

/// <summary>What an owner may touch; anything else is as absent as what never was. Admins may touch everything they name.</summary>
internal static class Ownership
{
    /// <summary>Without an id the owner's only restaurant. Refuses with RESTAURANT_NOT_FOUND or RESTAURANT_AMBIGUOUS.</summary>
    public static async Task<Restaurant> RequireMineAsync(this CatalogDbContext db, Guid? restaurantId, CurrentUser user, CancellationToken ct)
    {
        var mine = await db.Restaurants
            .Where(r => restaurantId == null ? r.OwnerId == user.Id : r.Id == restaurantId && (user.IsAdmin || r.OwnerId == user.Id))
            .Take(2)
            .ToListAsync(ct);
        return mine switch
        {
            [] => throw new RuleViolatedException("RESTAURANT_NOT_FOUND"),
            [var only] => only,
            _ => throw new RuleViolatedException("RESTAURANT_AMBIGUOUS")
        };
    }

    /// <summary>Refuses with MENU_CATEGORY_NOT_FOUND.</summary>
    public static async Task<MenuCategory> RequireCategoryAsync(this CatalogDbContext db, Guid categoryId, CurrentUser user, CancellationToken ct) =>
        await db.MenuCategories
            .Where(category => category.Id == categoryId)
            .Where(category => user.IsAdmin || db.Restaurants.Any(r => r.Id == category.RestaurantId && r.OwnerId == user.Id))
            .SingleOrDefaultAsync(ct) ?? throw new RuleViolatedException("MENU_CATEGORY_NOT_FOUND");

    /// <summary>All of them with their options, or MENU_ITEM_NOT_FOUND.</summary>
    public static async Task<List<MenuItem>> RequireItemsAsync(
        this CatalogDbContext db, IReadOnlyCollection<Guid> itemIds, CurrentUser user, CancellationToken ct)
    {
        var items = await db.MenuItems
            .Include(item => item.Options).ThenInclude(option => option.Values)
            .AsSplitQuery()
            .Where(item => itemIds.Contains(item.Id))
            .Where(item => user.IsAdmin || db.Restaurants.Any(r => r.Id == item.RestaurantId && r.OwnerId == user.Id))
            .OrderBy(item => item.Id)
            .ToListAsync(ct);
        return items.Count == itemIds.Distinct().Count() ? items : throw new RuleViolatedException("MENU_ITEM_NOT_FOUND");
    }

    public static async Task<MenuItem> RequireItemAsync(this CatalogDbContext db, Guid itemId, CurrentUser user, CancellationToken ct) =>
        (await db.RequireItemsAsync([itemId], user, ct))[0];

    /// <summary>The owner's view of a restaurant, as it is stored now.</summary>
    public static async Task<OwnedRestaurantView> ViewOwnedAsync(this CatalogDbContext db, Restaurant restaurant, DateTimeOffset now, CancellationToken ct) =>
        new(await db.Restaurants.Where(r => r.Id == restaurant.Id).Select(RestaurantView.At(now, null, null)).SingleAsync(ct), restaurant);
}
