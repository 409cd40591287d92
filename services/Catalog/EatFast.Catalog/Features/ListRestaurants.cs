using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Http;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

public sealed record ListRestaurantsResponse(IReadOnlyList<RestaurantView> Restaurants, Pagination Pagination);

/// <summary>Anyone browses or searches the active restaurants; searching for a dish finds the kitchens that cook it.</summary>
internal static class ListRestaurants
{
    private const double KmPerDegree = 111.2;

    public static void Map(IEndpointRouteBuilder open)
    {
        Describe(open.MapGet("/restaurants", Handle)).WithName(nameof(ListRestaurants)).WithSummary("List restaurants");
        Describe(open.MapGet("/restaurants/search", Handle)).WithName("SearchRestaurants").WithSummary("Search restaurants");
        open.MapGet("/guest/restaurants", Handle).ExcludeFromDescription();
    }

    internal static async Task<IResult> Handle(
        [AsParameters] RestaurantQuery wanted,
        [AsParameters] PlaceQuery place,
        [AsParameters] PageQuery page,
        HttpRequest request,
        PublicAnswers answers,
        TimeProvider clock,
        CancellationToken ct)
    {
        if (place.Y is null && (wanted.Sort == RestaurantSort.Distance || wanted.Radius is not null))
            throw new BadHttpRequestException("Distance needs a place: give lat and lng.");
        var now = clock.GetUtcNow();
        return await answers.BrieflyAsync(request, (db, token) => ReadAsync(db, wanted, place, page, now, token), ct);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) =>
        route.Produces<Envelope<ListRestaurantsResponse>>().Produces(304);

    private static async Task<ListRestaurantsResponse> ReadAsync(
        CatalogDbContext db, RestaurantQuery wanted, PlaceQuery place, PageQuery page, DateTimeOffset now, CancellationToken ct)
    {
        var meaning = wanted.Words is { } words ? await db.UnderstandAsync(words, ct) : null;
        var found = Narrow(db, meaning, wanted, place, now);
        var total = await found.LongCountAsync(ct);
        var ids = await Sort(found, wanted, place).Skip(page.Skip).Take(page.Limit).Select(listed => listed.Restaurant.Id).ToListAsync(ct);
        return new(await db.ViewsAsync(ids, now, place, ct), page.Of(total));
    }

    internal static IQueryable<ListedRestaurant> Narrow(
        CatalogDbContext db, Meaning? meaning, RestaurantQuery wanted, PlaceQuery place, DateTimeOffset now)
    {
        var town = wanted.Town ?? "";
        var active = db.ActiveIn(town);
        if (wanted.CuisineType is { } cuisine)
            active = active.Where(r => r.CuisineType == cuisine);
        if (wanted.PriceRange is { } priceRange)
            active = active.Where(r => r.PriceRange == priceRange);
        if (wanted.Rating is { } rating)
            active = active.Where(r => (double)r.Rating >= rating);
        if (wanted.DeliveryTime is { } minutes)
            active = active.Where(r => r.DeliveryMinutes <= minutes);
        if (wanted.Featured is { } featured)
            active = active.Where(r => r.IsFeatured == featured);
        if ((wanted.IsOpen ?? (wanted.OpenNow == true ? true : null)) is { } isOpen)
            active = active.Where(r => CatalogFunctions.IsOpen(r.Status, r.IsPaused, r.PausedUntil, r.ClosedOn, r.OperatingHours, now) == isOpen);
        if (wanted.Radius is { } radius)
            active = Near(active, place.Y!.Value, place.X!.Value, radius);
        return meaning is null
            ? active.Select(r => new ListedRestaurant { Restaurant = r, Likeness = 0 })
            : active.Meant(db, meaning, town);
    }

    // The box of degrees is what the index on latitude and longitude can serve; the circle is exact.
    private static IQueryable<Restaurant> Near(IQueryable<Restaurant> found, double latitude, double longitude, double radius)
    {
        var height = radius / KmPerDegree;
        var width = Math.Min(180, height / Math.Max(0.01, Math.Cos(double.DegreesToRadians(latitude))));
        return found
            .Where(r => r.Latitude >= latitude - height && r.Latitude <= latitude + height)
            .Where(r => r.Longitude >= longitude - width && r.Longitude <= longitude + width)
            .Where(r => CatalogFunctions.DistanceKm(r.Latitude, r.Longitude, latitude, longitude) <= radius);
    }

    internal static IQueryable<ListedRestaurant> Sort(IQueryable<ListedRestaurant> found, RestaurantQuery wanted, PlaceQuery place)
    {
        var usual = wanted.Words is not null ? RestaurantSort.Relevance : place.Y is not null ? RestaurantSort.Distance : null;
        return (wanted.Sort ?? usual) switch
        {
            RestaurantSort.Relevance when wanted.Words is not null => found.ByRelevance(place),
            RestaurantSort.Distance => found
                .OrderBy(l => CatalogFunctions.DegreesApart(l.Restaurant.Latitude, l.Restaurant.Longitude, place.Y!.Value, place.X!.Value))
                .ThenBy(l => l.Restaurant.Id),
            RestaurantSort.Rating => found
                .OrderByDescending(l => l.Restaurant.Rating).ThenByDescending(l => l.Restaurant.ReviewCount).ThenBy(l => l.Restaurant.Id),
            RestaurantSort.DeliveryTime => found.OrderBy(l => l.Restaurant.DeliveryMinutes).ThenBy(l => l.Restaurant.Id),
            RestaurantSort.DeliveryFee => found.OrderBy(l => l.Restaurant.DeliveryFeeXaf).ThenBy(l => l.Restaurant.Id),
            _ => found
                .OrderByDescending(l => l.Restaurant.IsFeatured).ThenByDescending(l => l.Restaurant.Rating)
                .ThenByDescending(l => l.Restaurant.ReviewCount).ThenBy(l => l.Restaurant.Id)
        };
    }
}
