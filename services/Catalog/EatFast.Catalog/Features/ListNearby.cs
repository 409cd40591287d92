using EatFast.Catalog.Contracts.V1;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>What is open around somebody, in as few words as a start screen needs.</summary>
internal sealed class ListNearby(CatalogDbContext db, TimeProvider clock)
{
    private const int Most = 50;

    public async Task<ListNearbyReply> HandleAsync(ListNearbyRequest request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var city = request.City.Trim();
        // A place or a city: either has its index, and rows are looked at only until enough are open.
        var open = db.Restaurants
            .Where(r => r.Status == RestaurantStatus.Active)
            .Where(r => city == "" || EF.Property<string>(r, TextSearch.City) == CatalogFunctions.Plain(city))
            .Where(r => CatalogFunctions.IsOpen(r.Status, r.IsPaused, r.PausedUntil, r.ClosedOn, r.OperatingHours, now));
        var found = await Sort(open, request.Place).Take(Math.Clamp(request.Limit, 1, Most))
            .Select(RestaurantView.At(now, request.Place?.Latitude, request.Place?.Longitude)).ToListAsync(ct);
        var reply = new ListNearbyReply();
        reply.Restaurants.AddRange(found.Select(Describe));
        return reply;
    }

    private static IQueryable<Domain.Restaurant> Sort(IQueryable<Domain.Restaurant> open, Destination? place) => place is null
        ? open.OrderByDescending(r => r.IsFeatured).ThenByDescending(r => r.Rating).ThenByDescending(r => r.ReviewCount).ThenBy(r => r.Id)
        : open.OrderBy(r => CatalogFunctions.DegreesApart(r.Latitude, r.Longitude, place.Latitude, place.Longitude)).ThenBy(r => r.Id);

    private static NearbyRestaurant Describe(RestaurantView restaurant)
    {
        var reply = new NearbyRestaurant
        {
            RestaurantId = $"{restaurant.Id}",
            Name = restaurant.Name,
            ImageUrl = restaurant.ImageUrl ?? "",
            ImageSrcset = restaurant.ImageSrcset ?? "",
            Rating = (double)restaurant.Rating,
            DeliveryMinutes = restaurant.DeliveryTime,
            DeliveryFeeXaf = restaurant.DeliveryFee
        };
        if (restaurant.Distance is { } km)
            reply.DistanceKm = km;
        return reply;
    }
}
