namespace EatFast.Ordering.Domain;

/// <summary>Something that happens to an order unless it has moved on by then.</summary>
public sealed class OrderTimer
{
    public const string PaymentDue = "payment_due";
    public const string RestaurantSilent = "restaurant_silent";
    public const string Completion = "completion";
    public const string ScheduledRelease = "scheduled_release";

    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>What silence means depends on the timer; an order that moved on is left alone.</summary>
    public void Fire(Order order, DateTimeOffset now)
    {
        DoneAt = now;
        if (Kind == ScheduledRelease)
        {
            order.ReleaseScheduled(now);
            return;
        }
        // Paid ahead of its time, so nobody's payment is overdue.
        if (Kind == PaymentDue && order.IsAwaitingItsTime)
            return;
        var (awaited, released, outcome) = Kind switch
        {
            PaymentDue => (OrderStatus.Pending, false, OrderStatus.Expired),
            RestaurantSilent => (OrderStatus.Pending, true, OrderStatus.Cancelled),
            _ => (OrderStatus.Delivered, true, OrderStatus.Completed)
        };
        if (order.Status == awaited && order.IsReleased == released)
            order.MoveTo(outcome, Actor.Platform, now, Kind);
    }
}
