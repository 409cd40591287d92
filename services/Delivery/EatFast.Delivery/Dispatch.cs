using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery;

/// <summary>Chooses whom to ask: the nearest of the free drivers asked least often; nobody for two jobs at once.</summary>
internal sealed class Dispatch(DeliveryDbContext db, DispatchRules rules)
{
    public async Task<Driver?> NextDriverAsync(Domain.Delivery delivery, DateTimeOffset now, CancellationToken ct)
    {
        var (here, metres) = (delivery.Restaurant, rules.OfferRadiusKm * 1000);
        var degrees = metres / GeoPoint.MetresPerDegree;
        var narrowing = Math.Max(0.01, Math.Cos(double.DegreesToRadians(here.Latitude)));
        var (south, north) = (here.Latitude - degrees, here.Latitude + degrees);
        var (west, east) = (here.Longitude - degrees / narrowing, here.Longitude + degrees / narrowing);
        // Uses ix_drivers_status. Within the box a flat map is exact enough to sort by.
        var around = await Free(delivery, now)
            .Where(driver => driver.Latitude >= south && driver.Latitude <= north && driver.Longitude >= west && driver.Longitude <= east)
            .OrderBy(driver => db.Offers.Count(offer => offer.DeliveryId == delivery.Id && offer.DriverId == driver.Id))
            .ThenBy(driver => (driver.Latitude - here.Latitude) * (driver.Latitude - here.Latitude)
                + (driver.Longitude - here.Longitude) * narrowing * (driver.Longitude - here.Longitude) * narrowing)
            .Take(20).ToListAsync(ct);
        return around.Find(driver => here.MetresTo(driver.Position!.Value) <= metres);
    }

    private IQueryable<Driver> Free(Domain.Delivery delivery, DateTimeOffset now) => db.Drivers.AsNoTracking()
        .Where(driver => driver.Status == DriverStatus.Online && (driver.MayTakeCash || !delivery.IsCash))
        .Where(driver => !db.OfferRejections.Any(rejection => rejection.DeliveryId == delivery.Id && rejection.DriverId == driver.Id))
        .Where(driver => !db.Deliveries.Any(other => other.Status == DeliveryStatus.Pending && other.Id != delivery.Id
            && other.OfferedTo == driver.Id && other.OfferEndsAt > now));
}
