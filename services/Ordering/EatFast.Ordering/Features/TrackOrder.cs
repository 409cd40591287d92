using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

public sealed record TrackOrderResponse(
    Guid OrderId, string OrderNumber, string Status, IReadOnlyList<TimelineView> Timeline, TrackedDriver? Driver,
    DateTimeOffset EstimatedDeliveryTime, int? EtaMinutes);

public sealed record TrackedDriver(Guid Id, string Name, string Phone, TrackedPosition? Location);

/// <summary>The same point under the two pairs of names the clients read.</summary>
public sealed record TrackedPosition(double Latitude, double Longitude, double Lat, double Lng, string UpdatedAt);

/// <summary>Where the food is. While Delivery is down the order's own part is still answered, without the driver.</summary>
internal static class TrackOrder
{
    public static void Map(IEndpointRouteBuilder orders)
    {
        orders.MapGet("/{orderId:guid}/tracking", Handle).WithName(nameof(TrackOrder)).WithSummary("Follow an order");
        orders.MapGet("/{orderId:guid}/track", Handle).ExcludeFromDescription();
    }

    internal static async Task<Ok<Envelope<TrackOrderResponse>>> Handle(
        Guid orderId, HttpContext http, CurrentUser user, OrderingDbContext db, DeliveryQuotes delivery, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.RequireOrderAsync(orderId, user, ct);
        var tracking = order.ConfirmedAt is null ? null : await delivery.TrackAsync(orderId, ct);
        return Answer.Ok(new TrackOrderResponse(
            order.Id, order.OrderNumber, order.Status, Timeline.Of(order, Language.Of(http)), DriverOf(tracking),
            order.EstimatedDeliveryAt, EtaOf(order, tracking, clock.GetUtcNow())));
    }

    private static TrackedDriver? DriverOf(DeliveryTracking? tracking) => tracking is { DriverId: { } driver }
        ? new(driver, tracking.DriverName, tracking.DriverPhone, tracking.Position is { } at
            ? new(at.Latitude, at.Longitude, at.Latitude, at.Longitude, at.UpdatedAt)
            : null)
        : null;

    private static int? EtaOf(Order order, DeliveryTracking? tracking, DateTimeOffset now)
    {
        if (OrderStatus.IsStopped(order.Status) || OrderStatus.HasReached(order.Status, OrderStatus.Delivered))
            return null;
        return tracking is { EtaMinutes: > 0 }
            ? tracking.EtaMinutes
            : Math.Max(0, (int)Math.Ceiling((order.EstimatedDeliveryAt - now).TotalMinutes));
    }
}
