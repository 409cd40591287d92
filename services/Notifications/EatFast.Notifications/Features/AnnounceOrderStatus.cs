using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using EatFast.Notifications.Realtime;
using EatFast.Ordering.Contracts;
using MassTransit;

namespace EatFast.Notifications.Features;

internal sealed record OrderCreatedMessage(
    Guid OrderId, string OrderNumber, Guid RestaurantId, string Status, long? Total, string Currency, DateTimeOffset CreatedAt);

internal sealed record OrderStatusMessage(
    Guid OrderId, string OrderNumber, string Status, string? PreviousStatus, string? Note, object? Location,
    DateTimeOffset? EstimatedDeliveryTime, Guid? DriverId, Guid RestaurantId, object Metadata, int Version, DateTimeOffset Timestamp);

/// <summary>Tells everybody who follows an order how far it is, live; news older than what was told is dropped.</summary>
internal sealed class AnnounceOrderStatus(NotificationsDbContext db, Broadcast broadcast) :
    IConsumer<OrderPlaced>, IConsumer<OrderReleased>, IConsumer<OrderConfirmed>, IConsumer<OrderRejected>, IConsumer<OrderPreparing>,
    IConsumer<OrderReady>, IConsumer<OrderPickedUp>, IConsumer<OrderInTransit>, IConsumer<OrderDelivered>, IConsumer<OrderCompleted>,
    IConsumer<OrderCancelled>, IConsumer<OrderExpired>
{
    public async Task Consume(ConsumeContext<OrderPlaced> context)
    {
        var placed = OrderChange.Of(context.Message);
        await RecordAsync(placed, context.CancellationToken);
        await broadcast.SendAsync(
            RealtimeEvents.OrderCreated,
            new OrderCreatedMessage(
                placed.OrderId, placed.OrderNumber, placed.RestaurantId, placed.Status, placed.TotalXaf, "XAF", placed.At),
            Rooms.OfUser(placed.CustomerId), Rooms.Admins);
    }

    public Task Consume(ConsumeContext<OrderReleased> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderConfirmed> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderRejected> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderPreparing> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderReady> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderPickedUp> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderInTransit> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderDelivered> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderCompleted> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderCancelled> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    public Task Consume(ConsumeContext<OrderExpired> context) => AnnounceAsync(OrderChange.Of(context.Message), context);

    private async Task AnnounceAsync(OrderChange change, ConsumeContext context)
    {
        var (isNews, previous, driverId) = await RecordAsync(change, context.CancellationToken);
        if (!isNews)
            return;
        var metadata = new { estimatedPreparationTime = change.PreparationMinutes, total = change.TotalXaf };
        await broadcast.SendAsync(
            RealtimeEvents.OrderStatusUpdated,
            new OrderStatusMessage(
                change.OrderId, change.OrderNumber, change.Status, previous, change.Note, Location: null, EstimatedDeliveryTime: null,
                driverId, change.RestaurantId, metadata, change.Version, change.At),
            Rooms.OfOrder(change.OrderId), Rooms.OfUser(change.CustomerId), Rooms.OfUser(change.RestaurantOwnerId), Rooms.Admins);
    }

    private async Task<(bool IsNews, string? Previous, Guid? DriverId)> RecordAsync(OrderChange change, CancellationToken ct)
    {
        var order = await db.FollowedOrders.FindAsync([change.OrderId], ct);
        if (order is null)
            db.Add(order = FollowedOrder.Of(change.OrderId));
        var previous = order.Status;
        order.Introduce(change.OrderNumber, change.CustomerId, change.RestaurantOwnerId, change.DriverId);
        var isNews = order.Advance(change.Version, change.Status);
        await db.SaveChangesAsync(ct);
        return (isNews, previous, order.DriverId);
    }
}
