using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Errors;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

internal sealed record DeliveryTracking(Guid DeliveryId, string Status, Driver? Driver, PositionView? Position, int EtaMinutes);

/// <summary>Where the food is and when it comes, for Ordering's tracking page; a driver is traced only while carrying this order.</summary>
internal sealed class TrackDelivery(DeliveryDbContext db, DispatchRules rules, TimeProvider clock)
{
    public async Task<DeliveryTracking> Handle(Guid orderId, CancellationToken ct)
    {
        var delivery = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.OrderId == orderId, ct)
            ?? throw new RuleViolatedException("DELIVERY_NOT_FOUND");
        var driver = delivery.DriverId is { } driverId
            ? await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == driverId, ct)
            : null;
        var position = delivery.Status.IsActive() ? driver?.Position : null;
        return new(
            delivery.Id, delivery.Status.Word(), driver,
            position is null ? null : PositionView.Of(driver), EtaMinutes(delivery, position));
    }

    private int EtaMinutes(Domain.Delivery delivery, GeoPoint? position) => delivery.Status switch
    {
        DeliveryStatus.Delivered or DeliveryStatus.Cancelled or DeliveryStatus.Failed => 0,
        DeliveryStatus.PickedUp or DeliveryStatus.Delivering when position is { } here =>
            rules.RideMinutes(rules.RoadMetres(here, delivery.Order.Destination)),
        DeliveryStatus.PickedUp or DeliveryStatus.Delivering => delivery.TravelMinutes,
        _ => Math.Max(MinutesToFood(delivery), MinutesToRestaurant(delivery, position)) + delivery.TravelMinutes
    };

    private int MinutesToFood(Domain.Delivery delivery) =>
        delivery.ReadyAt is null ? (int)Math.Ceiling(Math.Max(0, (delivery.ReadyExpectedAt - clock.GetUtcNow()).TotalMinutes)) : 0;

    private int MinutesToRestaurant(Domain.Delivery delivery, GeoPoint? position) =>
        position is { } here ? rules.RideMinutes(rules.RoadMetres(here, delivery.Restaurant)) : 0;
}
