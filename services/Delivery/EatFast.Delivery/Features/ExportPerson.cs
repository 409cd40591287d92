using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>What we keep of a driver, with the ways that were driven, and of whom food was brought to.</summary>
internal sealed class ExportPerson(DeliveryDbContext db) : IPersonalRecords
{
    public async Task<object> ExportAsync(Guid userId, CancellationToken ct)
    {
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, ct);
        var carried = await db.Deliveries.AsNoTracking().Where(row => row.DriverId == userId).OrderBy(row => row.CreatedAt).ToListAsync(ct);
        var id = userId.ToString();
        var received = await db.Deliveries
            .FromSql($"""SELECT * FROM delivery.deliveries WHERE "order"->>'customerId' = {id}""").AsNoTracking().ToListAsync(ct);
        var ways = await db.TrailPoints.AsNoTracking()
            .Where(point => db.Deliveries.Any(row => row.Id == point.DeliveryId && row.DriverId == userId))
            .OrderBy(point => point.RecordedAt).ToListAsync(ct);
        return new
        {
            Driver = driver is null ? null : ShowDriver(driver),
            Carried = carried.ConvertAll(row => new { row.OrderId, row.FeeXaf, row.CreatedAt, row.DeliveredAt }),
            Ways = ways.ConvertAll(point => new { point.DeliveryId, point.Latitude, point.Longitude, point.RecordedAt }),
            Received = received.ConvertAll(row => new
            {
                row.OrderId,
                Status = row.Status.Word(),
                row.Order.DeliveryAddress,
                row.Order.DeliveryInstructions,
                row.Order.Destination,
                row.CreatedAt,
                row.DeliveredAt
            })
        };
    }

    public Task<bool> IsNeededAsync(Guid userId, CancellationToken ct) =>
        db.Drivers.AnyAsync(driver => driver.Id == userId && driver.Status == DriverStatus.Busy, ct);

    private static object ShowDriver(Driver driver) => new
    {
        driver.Name,
        driver.Phone,
        driver.Vehicle,
        Status = driver.Status.Word(),
        driver.Rating,
        driver.CompletedDeliveries,
        driver.Position,
        driver.PositionAt,
        driver.CreatedAt
    };
}
