using EatFast.Messaging;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering;

/// <summary>Stages what follows from an order's changes, its events, its analytics and its next timer; call it right before the save.</summary>
internal sealed class OrderJournal(
    OrderingDbContext db, IOptions<OrderingOptions> options, TimeProvider clock, DeviceMarks devices)
{
    /// <param name="order">What changed.</param>
    /// <param name="placing">The request that placed it: its device is told, as a mark, to who judges the order's risk, and not kept.</param>
    public void Record(Order order, HttpContext? placing = null)
    {
        var deviceMark = placing is null ? null : devices.Of(placing);
        var changes = order.TakeChanges();
        if (changes.Count > 0)
            db.WatchUntil(order, changes[^1].At + options.Value.Watch.DeadlineOf(order, options.Value.Timers));
        foreach (var change in changes)
        {
            db.Add(AnalyticsEvent.Of(order, change, clock.GetUtcNow()));
            if (EventOf(order, change) is { } @event)
                db.Announce(@event is OrderPlaced placed ? placed with { DeviceMark = deviceMark } : @event, about: order.Id, change.At);
            if (TimerOf(change.Kind) is { } timer)
                SetTimer(order, timer.Kind, change.At, change.At + timer.After);
            if (change.Kind == OrderEvent.Placed && order.ReleaseDueAt is { } due)
                SetTimer(order, OrderTimer.ScheduledRelease, change.At, due);
        }
    }

    /// <summary>Says again what was said of an order's change: under a new message id, as the first copy may never have arrived.</summary>
    public void Repeat(Order order, string kind, DateTimeOffset now)
    {
        var change = order.History.OrderBy(line => line.Version).Last(line => line.Kind == kind);
        db.Announce(EventOf(order, change)!, about: order.Id, now);
    }

    public void SetTimer(Order order, string kind, DateTimeOffset now, DateTimeOffset dueAt) => db.Add(new OrderTimer
    {
        Id = Guid.CreateVersion7(now),
        OrderId = order.Id,
        Kind = kind,
        DueAt = dueAt
    });

    private (string Kind, TimeSpan After)? TimerOf(string change) => change switch
    {
        OrderEvent.Placed => (OrderTimer.PaymentDue, options.Value.Timers.PaymentDue),
        OrderEvent.Released => (OrderTimer.RestaurantSilent, options.Value.Timers.RestaurantSilent),
        OrderStatus.Delivered => (OrderTimer.Completion, options.Value.Timers.Completion),
        _ => null
    };

    private static object? EventOf(Order order, OrderEvent change)
    {
        var (id, number, customer, restaurant, owner) =
            (order.Id, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId);
        var (total, version, at) = (order.Pricing.TotalXaf, change.Version, change.At);
        return change.Kind switch
        {
            OrderEvent.Placed => new OrderPlaced(id, number, customer, restaurant, owner, total, order.PaymentMethod, version, at),
            OrderEvent.Released => new OrderReleased(id, number, customer, restaurant, owner, total, version, at),
            OrderStatus.Confirmed => new OrderConfirmed(id, number, customer, restaurant, owner, order.PreparationMinutes, version, at),
            OrderStatus.Rejected => new OrderRejected(id, number, customer, restaurant, owner, change.Reason!, version, at),
            OrderStatus.Preparing => new OrderPreparing(id, number, customer, restaurant, owner, version, at),
            OrderStatus.Ready => new OrderReady(id, number, customer, restaurant, owner, version, at),
            OrderStatus.PickedUp => new OrderPickedUp(id, number, customer, restaurant, owner, order.DriverId, version, at),
            OrderStatus.InTransit => new OrderInTransit(id, number, customer, restaurant, owner, order.DriverId, version, at),
            OrderStatus.Delivered => new OrderDelivered(id, number, customer, restaurant, owner, order.DriverId, total, version, at),
            OrderStatus.Completed => new OrderCompleted(id, number, customer, restaurant, owner, version, at),
            OrderStatus.Cancelled => new OrderCancelled(id, number, customer, restaurant, owner, change.Reason!, version, at, order.CancellationFeePercent),
            OrderEvent.Rated when order.Rating is { } rating => new OrderRated(
                id, number, customer, restaurant, owner, rating.Rating, rating.FoodRating, rating.DeliveryRating, rating.Comment, version, at),
            OrderStatus.Expired => new OrderExpired(id, number, customer, restaurant, owner, version, at),
            _ => null
        };
    }
}
