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
        var found = Narrow(db, wanted, place, now);
        var total = await found.LongCountAsync(ct);
        var restaurants = await Sort(found, db, wanted, place)
            .Skip(page.Skip).Take(page.Limit)
            .Select(RestaurantView.At(now, place.Y, place.X))
            .ToListAsync(ct);
        return new(restaurants, page.Of(total));
    }

    internal static IQueryable<Restaurant> Narrow(CatalogDbContext db, RestaurantQuery wanted, PlaceQuery place, DateTimeOffset now)
    {
        var found = wanted.Words is { } words
            ? db.FindRestaurants(words)
            : db.Restaurants.Where(r => r.Status == RestaurantStatus.Active);
        if (wanted.Town is { } town)
            found = found.Where(r => EF.Property<string>(r, TextSearch.City) == CatalogFunctions.Plain(town));
        if (wanted.CuisineType is { } cuisine)
            found = found.Where(r => r.CuisineType == cuisine);
        if (wanted.PriceRange is { } priceRange)
            found = found.Where(r => r.PriceRange == priceRange);
        if (wanted.Rating is { } rating)
            found = found.Where(r => (double)r.Rating >= rating);
        if (wanted.Featured is { } featured)
            found = found.Where(r => r.IsFeatured == featured);
        if ((wanted.IsOpen ?? (wanted.OpenNow == true ? true : null)) is { } isOpen)
            found = found.Where(r => CatalogFunctions.IsOpen(r.Status, r.IsPaused, r.PausedUntil, r.ClosedOn, r.OperatingHours, now) == isOpen);
        return wanted.Radius is { } radius ? Near(found, place.Y!.Value, place.X!.Value, radius) : found;
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

    internal static IQueryable<Restaurant> Sort(IQueryable<Restaurant> found, CatalogDbContext db, RestaurantQuery wanted, PlaceQuery place)
    {
        var usual = wanted.Words is not null ? RestaurantSort.Relevance : place.Y is not null ? RestaurantSort.Distance : null;
        return (wanted.Sort ?? usual) switch
        {
            RestaurantSort.Relevance when wanted.Words is { } words => found.ByRelevance(db, words, place.Y, place.X),
            RestaurantSort.Distance => found
                .OrderBy(r => CatalogFunctions.DegreesApart(r.Latitude, r.Longitude, place.Y!.Value, place.X!.Value)).ThenBy(r => r.Id),
            RestaurantSort.Rating => found.OrderByDescending(r => r.Rating).ThenByDescending(r => r.ReviewCount).ThenBy(r => r.Id),
            RestaurantSort.DeliveryTime => found.OrderBy(r => r.DeliveryMinutes).ThenBy(r => r.Id),
            RestaurantSort.DeliveryFee => found.OrderBy(r => r.DeliveryFeeXaf).ThenBy(r => r.Id),
            _ => found
                .OrderByDescending(r => r.IsFeatured).ThenByDescending(r => r.Rating)
                .ThenByDescending(r => r.ReviewCount).ThenBy(r => r.Id)
        };
    }
}
