using System.Diagnostics.Metrics;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering;

/// <summary>
/// Drives an order on that has outstayed its stage: asks the neighbour who should have moved it, takes over what that one knows, or says
/// again what it seems to have missed. Everything it does is what a late message would do, so doing it twice has no second effect.
/// </summary>
internal sealed class OrderWatchdog(
    OrderingDbContext db, OrderJournal journal, PaymentLookup payments, DeliveryQuotes delivery, IOptions<OrderingOptions> options,
    TimeProvider clock, ILogger<OrderWatchdog> logger)
{
    private const string Waiting = "waiting";
    private const string Settled = "settled";
    private static readonly Meter Meter = new(Telemetry.Source);
    private static readonly Counter<long> Redriven = Meter.CreateCounter<long>(
        "eatfast.ordering.redriven", description: "Orders past their stage's deadline, by what the watchdog did.");

    /// <summary>Throws when a neighbour is away (the look then does not count) and when the order changed meanwhile.</summary>
    public async Task LookAsync(Guid orderId, CancellationToken ct)
    {
        var order = await db.Orders.Include(found => found.History).SingleAsync(found => found.Id == orderId, ct);
        var (version, now) = (order.Version, clock.GetUtcNow());
        var did = await DriveAsync(order, now, ct);
        journal.Record(order);
        if (order.Version == version)
            Postpone(order, did, now);
        await db.SaveChangesAsync(ct);

        Redriven.Add(1, new KeyValuePair<string, object?>("action", did));
        logger.LogInformation("Order {OrderId} stayed {Status} too long: {Action}", order.Id, order.Status, did);
    }

    private void Postpone(Order order, string did, DateTimeOffset now)
    {
        var (rules, tries) = (options.Value.Watch, db.TriesOf(order) + 1);
        var deadline = rules.DeadlineOf(order, options.Value.Timers);
        var givesUp = did != Settled && tries >= rules.Tries;
        if (givesUp)
            logger.LogError("Order {OrderId} stays {Status} after {Tries} looks: a person has to decide", order.Id, order.Status, tries);
        db.WatchUntil(order, givesUp || did == Settled ? null : now + rules.PauseAfter(tries, deadline ?? rules.LongestPause), tries);
    }

    private Task<string> DriveAsync(Order order, DateTimeOffset now, CancellationToken ct) => order switch
    {
        { Status: OrderStatus.Completed } => Task.FromResult(Settled),
        { Status: OrderStatus.Delivered } => RearmAsync(order, OrderTimer.Completion, now, ct),
        { Status: OrderStatus.Pending, IsReleased: true } => RearmAsync(order, OrderTimer.RestaurantSilent, now, ct),
        { IsAwaitingItsTime: true } => ReleaseLateAsync(order, now),
        { Status: OrderStatus.Pending } => AskForMoneyAsync(order, now, ct),
        _ when OrderStatus.IsStopped(order.Status) => AskForRefundAsync(order, now, ct),
        _ => AskForFoodAsync(order, now, ct)
    };

    // Its timer should have done this.
    private static Task<string> ReleaseLateAsync(Order order, DateTimeOffset now)
    {
        order.ReleaseScheduled(now);
        return Task.FromResult(order.IsReleased ? "released" : Waiting);
    }

    private async Task<string> AskForMoneyAsync(Order order, DateTimeOffset now, CancellationToken ct)
    {
        switch (await payments.FindAsync(order.Id, ct))
        {
            case null:
                journal.Repeat(order, OrderEvent.Placed, now);
                return "placed_again";
            case { Status: "completed" or "authorized" } payment:
                order.Release(payment.Status == "completed" ? PaymentStatus.Paid : PaymentStatus.Authorized, payment.Method, now);
                return "released";
            default:
                var isOverdue = now >= order.CreatedAt + options.Value.Timers.PaymentDue + options.Value.Watch.Slack;
                return isOverdue ? await RearmAsync(order, OrderTimer.PaymentDue, now, ct) : Waiting;
        }
    }

    private async Task<string> AskForRefundAsync(Order order, DateTimeOffset now, CancellationToken ct)
    {
        switch (await payments.FindAsync(order.Id, ct))
        {
            // Payments knows of the stop and holds nothing.
            case { Status: "cancelled" or "expired" }:
                return Settled;
            case { Status: "refunded" }:
                order.NoteRefund(isFull: true, now);
                return Settled;
            case { Status: "partially_refunded" } when order.CancellationFeePercent > 0:
                order.NoteRefund(isFull: false, now);
                return Settled;
            default:
                journal.Repeat(order, order.Status, now);
                return "stopped_again";
        }
    }

    private async Task<string> AskForFoodAsync(Order order, DateTimeOffset now, CancellationToken ct)
    {
        var version = order.Version;
        switch (await delivery.FindAsync(order.Id, ct))
        {
            case null:
                journal.Repeat(order, OrderStatus.Confirmed, now);
                return "confirmed_again";
            case { Status: "assigned" or "accepted" or "picking_up", DriverId: { } driver }:
                order.AssignDriver(driver, now);
                break;
            case { Status: "picked_up", DriverId: { } driver }:
                order.FollowDriver(driver, OrderStatus.PickedUp, now);
                break;
            case { Status: "delivering", DriverId: { } driver }:
                order.FollowDriver(driver, OrderStatus.InTransit, now);
                break;
            case { Status: "delivered", DriverId: { } driver }:
                order.FollowDriver(driver, OrderStatus.Delivered, now);
                break;
        }
        return order.Version == version ? Waiting : "caught_up";
    }

    private async Task<string> RearmAsync(Order order, string kind, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Timers.AnyAsync(timer => timer.OrderId == order.Id && timer.Kind == kind && timer.DoneAt == null, ct))
            return Waiting;
        journal.SetTimer(order, kind, now, now);
        return "timer_set_again";
    }
}
