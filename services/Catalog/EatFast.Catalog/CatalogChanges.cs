using EatFast.Catalog.Contracts;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Messaging;

namespace EatFast.Catalog;

/// <summary>Saves a change together with its announcement, then drops the cached copies, so that the next reader sees it.</summary>
internal sealed class CatalogChanges(CatalogDbContext db, PublicAnswers answers)
{
    public async Task SaveAsync(Restaurant restaurant, DateTimeOffset now, CancellationToken ct)
    {
        db.Announce(
            new RestaurantChanged(
                restaurant.Id, restaurant.OwnerId, restaurant.Name, restaurant.City, restaurant.Status, restaurant.CommissionPercent,
                restaurant.AcceptsAutomatically, restaurant.PreparationMinutes, restaurant.Version, now),
            about: restaurant.Id, now);
        await db.SaveChangesAsync(ct);
        await answers.DropAsync(restaurant.Id);
    }

    /// <summary>For a change of the menu that is not about single items.</summary>
    public async Task SaveMenuAsync(Guid restaurantId, DateTimeOffset now, CancellationToken ct)
    {
        db.Announce(new MenuChanged(restaurantId, now), about: restaurantId, now);
        await db.SaveChangesAsync(ct);
        await answers.DropAsync(restaurantId);
    }

    public async Task SaveItemsAsync(IReadOnlyCollection<MenuItem> items, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var item in items)
            db.Announce(new MenuItemChanged(item.Id, item.RestaurantId, !item.IsSoldOut, now), about: item.Id, now);
        await db.SaveChangesAsync(ct);
        foreach (var restaurantId in items.Select(item => item.RestaurantId).Distinct())
            await answers.DropAsync(restaurantId);
    }
}
