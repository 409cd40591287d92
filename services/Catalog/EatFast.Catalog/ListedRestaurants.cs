using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog;

/// <summary>A restaurant on its way into a list, and how like it is to the words that were searched (0 to 1; 0 without words).</summary>
internal sealed class ListedRestaurant
{
    public required Restaurant Restaurant { get; init; }
    public required double Likeness { get; init; }
}

/// <summary>Pages of restaurants in two steps: which ones, by what the indexes hold; then those few whole.</summary>
internal static class ListedRestaurants
{
    /// <summary>The likest first; among equals the nearest where a place is known, then the best rated.</summary>
    public static IQueryable<ListedRestaurant> ByRelevance(this IQueryable<ListedRestaurant> found, PlaceQuery place) => found
        .OrderByDescending(listed => listed.Likeness)
        .ThenBy(listed => CatalogFunctions.DistanceKm(listed.Restaurant.Latitude, listed.Restaurant.Longitude, place.Y, place.X))
        .ThenByDescending(listed => listed.Restaurant.Rating)
        .ThenBy(listed => listed.Restaurant.Id);

    /// <summary>In the order of the ids; one that has gone meanwhile is left out.</summary>
    public static async Task<List<RestaurantView>> ViewsAsync(
        this CatalogDbContext db, List<Guid> ids, DateTimeOffset now, PlaceQuery place, CancellationToken ct)
    {
        var views = await db.Restaurants.Where(r => ids.Contains(r.Id)).Select(RestaurantView.At(now, place.Y, place.X)).ToListAsync(ct);
        return [.. views.OrderBy(view => ids.IndexOf(view.Id))];
    }
}
