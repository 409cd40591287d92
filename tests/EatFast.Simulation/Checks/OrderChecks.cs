using EatFast.Ordering.Domain;
using EatFast.Simulation.Core;
using EatFast.Simulation.Store;

namespace EatFast.Simulation.Checks;

/// <summary>I1 and I2: no order lost or doubled. I3: each ends, in time. I4: its history is a legal path without gaps.</summary>
internal static class OrderChecks
{
    // Two seconds of the timer's own tick, the longest pause of a step, and the processes' time to come up again.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan PaymentDue = TimeSpan.FromMinutes(15);
    private static readonly string[] Ends = [OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Rejected, OrderStatus.Expired];

    public static void Check(World world)
    {
        var store = world.ServiceOf("ordering").Database;
        var orders = store.Rows("SELECT id, status, version, customer_id FROM orders ORDER BY id");
        foreach (var wish in world.City.Wishes)
        {
            var stored = orders.Count(row => (long)row[3] == world.Ids.NumberOf(wish.Customer));
            if (stored > 1)
                world.Violate($"I2 order {wish.Number} exists {stored} times");
            if (wish.OrderId is { } id && orders.TrueForAll(row => (long)row[0] != world.Ids.NumberOf(id)))
                world.Violate($"I1 order {wish.Number} was confirmed and is lost");
        }
        foreach (var order in orders)
        {
            if (!Ends.Contains((string)order[1]))
                world.Violate($"I3 order #{order[0]} rests as {order[1]}");
            CheckHistory(world, store, (long)order[0], (long)order[2], (string)order[1]);
        }
    }

    private static void CheckHistory(World world, Database store, long id, long version, string status)
    {
        var history = store.Rows("SELECT version, kind, status, actor, at FROM order_events WHERE order_id = @p0 ORDER BY version", id);
        var current = OrderStatus.Pending;
        for (var i = 0; i < history.Count; i++)
        {
            var (number, next, actor) = ((long)history[i][0], (string)history[i][2], (string)history[i][3]);
            if (number != i + 1)
                world.Violate($"I4 order #{id} has version {number} where {i + 1} belongs");
            if (next != current && !OrderTransitions.Allows(current, next, actor))
                world.Violate($"I4 order #{id} went from {current} to {next} by {actor}");
            current = next;
        }
        if (history.Count != version || current != status)
            world.Violate($"I4 order #{id} is {status} in version {version}, its history ends as {current} with {history.Count}");
        CheckTime(world, id, history);
    }

    private static void CheckTime(World world, long id, List<object[]> history)
    {
        var (placed, expired) = ((long)history[0][4], history.Find(row => (string)row[2] == OrderStatus.Expired));
        if (expired is not null && (long)expired[4] - placed > (PaymentDue + Slack).Ticks)
            world.Violate($"I3 order #{id} expired {TimeSpan.FromTicks((long)expired[4] - placed).TotalMinutes:F0} minutes after it was placed");
        foreach (var kind in new[] { OrderEvent.Placed, OrderEvent.Released, "payment_paid", "payment_refunded", OrderStatus.Delivered })
            if (history.Count(row => (string)row[1] == kind) > 1)
                world.Violate($"I8 order #{id} was {kind} twice");
    }
}
