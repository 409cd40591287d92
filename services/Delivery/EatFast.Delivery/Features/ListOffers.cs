using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record ListOffersResponse(IReadOnlyList<DeliveryOrder> Orders);

/// <summary>Deliveries without a driver, nearest restaurant first. A driver whose place is unknown sees the oldest ones.</summary>
internal static class ListOffers
{
    private const int MaxOffers = 50;

    public static void Map(IEndpointRouteBuilder me) => me
        .MapGet("/orders/available", Handle)
        .WithName(nameof(ListOffers))
        .WithSummary("Deliveries I could take");

    internal static async Task<Ok<Envelope<ListOffersResponse>>> Handle(
        CurrentUser user, DeliveryDbContext db, DispatchRules rules, TimeProvider clock, CancellationToken ct)
    {
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == user.Id, ct);
        if (driver is null || driver.Status == DriverStatus.Offline)
            throw new RuleViolatedException("DRIVER_OFFLINE");
        if (driver.Status == DriverStatus.Busy)
            return Answer.Ok(new ListOffersResponse([]));

        var open = db.Deliveries.AsNoTracking().Where(d => d.Status == DeliveryStatus.Pending
            && !db.OfferRejections.Any(rejection => rejection.DeliveryId == d.Id && rejection.DriverId == user.Id));
        if (!driver.MayTakeCash)
            open = open.Where(d => !d.IsCash);
        var now = clock.GetUtcNow();
        if (rules.ExclusiveOffers)
            open = open.Where(d => d.OfferedTo == null || d.OfferedTo == user.Id || d.OfferEndsAt <= now);
        if (driver.Position is not { } here)
        {
            var oldest = await open.OrderBy(d => d.CreatedAt).Take(MaxOffers).ToListAsync(ct);
            return Answer.Ok(new ListOffersResponse([.. oldest.Select(d => new DeliveryOrder(d))]));
        }
        var radius = rules.OfferRadiusKm * 1000;
        var around = await Nearest(open, here, radius).Take(MaxOffers).ToListAsync(ct);
        var offers = around
            .Select(delivery => (Delivery: delivery, Metres: here.MetresTo(delivery.Restaurant)))
            .Where(offer => offer.Metres <= radius)
            .OrderBy(offer => offer.Metres);
        return Answer.Ok(new ListOffersResponse(
            [.. offers.Select(offer => new DeliveryOrder(offer.Delivery, distanceMetres: offer.Metres))]));
    }

    // A box around the driver, served by ix_deliveries_restaurant_latitude_restaurant_longitude.
    // Within it a flat map is exact enough to sort by.
    private static IOrderedQueryable<Domain.Delivery> Nearest(IQueryable<Domain.Delivery> open, GeoPoint here, double radius)
    {
        var degrees = radius / GeoPoint.MetresPerDegree;
        var narrowing = Math.Max(0.01, Math.Cos(double.DegreesToRadians(here.Latitude)));
        var (south, north) = (here.Latitude - degrees, here.Latitude + degrees);
        var (west, east) = (here.Longitude - degrees / narrowing, here.Longitude + degrees / narrowing);
        return open
            .Where(d => d.RestaurantLatitude >= south && d.RestaurantLatitude <= north
                && d.RestaurantLongitude >= west && d.RestaurantLongitude <= east)
            .OrderBy(d => (d.RestaurantLatitude - here.Latitude) * (d.RestaurantLatitude - here.Latitude)
                + (d.RestaurantLongitude - here.Longitude) * narrowing * (d.RestaurantLongitude - here.Longitude) * narrowing);
    }
}
