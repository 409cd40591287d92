using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

public sealed record SetDeliveryRadiusRequest([property: Required, Range(0.1, 100)] double? Radius);

public sealed record SetDeliveryZonesRequest([property: Required, MaxLength(20)] IReadOnlyList<SetDeliveryZone> Zones) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Zones?.Any(zone => zone is null || zone.Polygon?.Any(corner => corner is null) == true) == true)
            yield return new("Zones and their corners must not be null.", [nameof(Zones)]);
    }
}

public sealed record SetDeliveryZone(
    [property: Required, StringLength(80)] string Name,
    [property: Required, Range(0, 100_000)] long? Fee,
    [property: Range(0, 1_000_000)] long? MinimumOrder,
    [property: Required, MinLength(3), MaxLength(200)] IReadOnlyList<CoordinatesBody> Polygon);

/// <summary>Where the owner delivers to: a radius, or zones with fees of their own, which then are all that counts.</summary>
internal static class SetDeliveryArea
{
    public static void Map(IEndpointRouteBuilder owner)
    {
        owner.MapPut("/restaurant/{restaurantId:guid}/delivery-radius", HandleRadius)
            .WithName("SetDeliveryRadius").WithSummary("Deliver within a radius");
        owner.MapPut("/restaurant/{restaurantId:guid}/delivery-zones", HandleZones)
            .WithName("SetDeliveryZones").WithSummary("Deliver inside zones");
    }

    internal static Task<Ok<Envelope<OwnedRestaurantView>>> HandleRadius(
        Guid restaurantId, SetDeliveryRadiusRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct) =>
        SetAsync(restaurantId, area => area with { RadiusKm = request.Radius }, user, db, changes, clock, ct);

    internal static Task<Ok<Envelope<OwnedRestaurantView>>> HandleZones(
        Guid restaurantId, SetDeliveryZonesRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct) =>
        SetAsync(restaurantId, area => area with { Zones = [.. request.Zones.Select(ZoneOf)] }, user, db, changes, clock, ct);

    private static async Task<Ok<Envelope<OwnedRestaurantView>>> SetAsync(
        Guid restaurantId, Func<DeliveryArea, DeliveryArea> change, CurrentUser user, CatalogDbContext db, CatalogChanges changes,
        TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        restaurant.DeliverWithin(change(restaurant.DeliveryArea), now);
        await changes.SaveAsync(restaurant, now, ct);
        return Answer.Ok(await db.ViewOwnedAsync(restaurant, now, ct));
    }

    private static DeliveryZone ZoneOf(SetDeliveryZone zone) =>
        new(zone.Name, zone.Fee!.Value, zone.MinimumOrder, [.. zone.Polygon.Select(corner => corner.ToPoint())]);
}
