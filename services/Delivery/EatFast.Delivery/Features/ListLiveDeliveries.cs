using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record ListLiveDeliveriesResponse(IReadOnlyList<LiveDelivery> Deliveries, Pagination Pagination);

public sealed record LiveDelivery(DeliveryOrder Delivery, LiveDriver? Driver, bool IsDelayed);

public sealed record LiveDriver(Guid Id, string Name, string Phone, PositionView? Position);

/// <summary>Everything that is not over yet, oldest first, with the drivers' last positions; for the operators' map.</summary>
internal static class ListLiveDeliveries
{
    public static void Map(IEndpointRouteBuilder deliveries) => deliveries
        .MapGet("/live", Handle)
        .WithName(nameof(ListLiveDeliveries))
        .WithSummary("Deliveries under way");

    internal static async Task<Ok<Envelope<ListLiveDeliveriesResponse>>> Handle(
        [AsParameters] PageQuery page, DeliveryDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var live = db.Deliveries.AsNoTracking()
            .Where(d => d.Status != DeliveryStatus.Delivered && d.Status != DeliveryStatus.Cancelled && d.Status != DeliveryStatus.Failed);
        var total = await live.LongCountAsync(ct);
        var shown = await live.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var driverIds = shown.Select(d => d.DriverId).OfType<Guid>().ToList();
        var drivers = await db.Drivers.AsNoTracking().Where(d => driverIds.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);

        var now = clock.GetUtcNow();
        var rows = shown.Select(delivery => new LiveDelivery(
            new DeliveryOrder(delivery),
            delivery.DriverId is { } id ? DriverOf(drivers[id]) : null,
            delivery.ExpectedAt < now));
        return Answer.Ok(new ListLiveDeliveriesResponse([.. rows], page.Of(total)));
    }

    private static LiveDriver DriverOf(Driver driver) => new(driver.Id, driver.Name, driver.Phone, PositionView.Of(driver));
}
