using EatFast.Catalog.Contracts.V1;
using EatFast.Ordering.Domain;
using CatalogClient = EatFast.Catalog.Contracts.V1.Catalog.CatalogClient;

namespace EatFast.Ordering.Clients;

/// <summary>A restaurant in as few words as a start screen needs.</summary>
internal sealed record NearbyKitchen(Guid Id, string Name, string ImageUrl, string ImageSrcset, double Rating, int DeliveryMinutes, long DeliveryFeeXaf, double? DistanceKm);

/// <summary>Asks Catalog what is around a place.</summary>
internal sealed class Neighbourhood(CatalogClient catalog)
{
    public async Task<IReadOnlyList<NearbyKitchen>> OpenAroundAsync(
        double? latitude, double? longitude, string? city, int limit, CancellationToken ct)
    {
        var request = new ListNearbyRequest { City = city ?? "", Limit = limit, Place = PlaceOf(latitude, longitude) };
        var reply = await catalog.ListNearbyAsync(request, cancellationToken: ct);
        return
        [
            .. reply.Restaurants.Select(found => new NearbyKitchen(
                Guid.Parse(found.RestaurantId), found.Name, found.ImageUrl, found.ImageSrcset, found.Rating, found.DeliveryMinutes, found.DeliveryFeeXaf,
                found.HasDistanceKm ? found.DistanceKm : null))
        ];
    }

    /// <summary>The restaurant with the terms of the door's zone; its refusals pass through unchanged.</summary>
    public async Task<Seller> DescribeAsync(Guid restaurantId, double latitude, double longitude, CancellationToken ct)
    {
        var request = new GetRestaurantRequest { RestaurantId = restaurantId.ToString(), Destination = PlaceOf(latitude, longitude) };
        return CatalogMenu.SellerOf(await catalog.GetRestaurantAsync(request, cancellationToken: ct));
    }

    private static Destination? PlaceOf(double? latitude, double? longitude) =>
        latitude is { } y && longitude is { } x ? new() { Latitude = y, Longitude = x } : null;
}
