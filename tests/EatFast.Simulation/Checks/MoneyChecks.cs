using EatFast.Simulation.Core;
using EatFast.Simulation.Outside;
using EatFast.Simulation.Store;

namespace EatFast.Simulation.Checks;

/// <summary>
/// I5: by the provider's own books each order is paid at most once, and a stopped one gets it back exactly once, less the fee of a late cancellation.
/// I6: the ledger balances. I7: ledger and provider tell the same.
/// </summary>
internal static class MoneyChecks
{
    public static void Check(World world)
    {
        var store = world.ServiceOf("payments").Database;
        var attempts = store.Rows("SELECT external_reference, payment_id, kind, status, id FROM payment_attempts");
        var references = attempts.ToDictionary(row => (string)row[0]);
        CheckLedger(world, store);
        foreach (var movement in world.Provider.Movements.GroupBy(movement => movement.External))
        {
            if (!references.TryGetValue(movement.Key, out var attempt))
                world.Violate("I7 the provider moved money under a reference that is not in our store");
            else if (movement.Count(IsDone) > 1)
                world.Violate($"I5 attempt #{attempt[4]} moved money {movement.Count(IsDone)} times");
            else
                CheckBooked(world, store, attempt, movement.Any(IsDone));
        }
        foreach (var payment in store.Rows("SELECT id, order_id, amount_xaf, method, stopped_as, completed_at, refunded_xaf FROM payments"))
            CheckPayment(world, payment, attempts);
    }

    private static bool IsDone(Movement movement) => movement.Status == "SUCCESSFUL";

    private static void CheckLedger(World world, Database store)
    {
        var unbalanced = store.Rows("SELECT entry_id, sum(amount_xaf) FROM ledger_lines GROUP BY entry_id HAVING sum(amount_xaf) <> 0");
        unbalanced.ForEach(entry => world.Violate($"I6 entry #{entry[0]} sums to {entry[1]}"));
        if (store.Rows("SELECT sum(amount_xaf) FROM ledger_lines") is [[long total]] && total != 0)
            world.Violate($"I6 the ledger sums to {total}");
        // What is held for an order is gone once the order has ended: settled, or given back.
        var kept = store.Rows("SELECT owner_id, sum(amount_xaf) FROM ledger_lines WHERE account = 'order_escrow' GROUP BY owner_id HAVING sum(amount_xaf) <> 0");
        kept.ForEach(order => world.Violate($"I6 the escrow of order #{order[0]} still holds {order[1]}"));
    }

    private static void CheckBooked(World world, Database store, object[] attempt, bool isDone)
    {
        var kind = (string)attempt[2] == "collect" ? "capture" : "refund";
        var booked = store.Count("SELECT count(*) FROM ledger_entries WHERE kind = @p0 AND source_id = @p1", kind, attempt[4]);
        if (booked != (isDone ? 1 : 0))
            world.Violate($"I7 {kind} #{attempt[4]}: {booked} entries, while the provider {(isDone ? "moved" : "did not move")} the money");
    }

    private static void CheckPayment(World world, object[] payment, List<object[]> attempts)
    {
        var own = attempts.Where(row => (long)row[1] == (long)payment[0]).ToList();
        var (collected, returned) = (Sum(world, own, true), Sum(world, own, false));
        var isStopped = payment[4] is string;
        var expected = (string)payment[3] == "cash" || payment[5] is DBNull ? 0 : isStopped ? FeeOf(world, payment) : (long)payment[2];
        if (collected - returned != expected)
            world.Violate($"I5 order #{payment[1]} ({payment[3]}, stopped: {isStopped}): {collected} taken, {returned} given back, {expected} due");
        var status = world.ServiceOf("ordering").Database.Rows("SELECT status FROM orders WHERE id = @p0", payment[1]);
        if (status is [[string order]] && order is "cancelled" or "rejected" or "expired" && !isStopped)
            world.Violate($"I12 order #{payment[1]} is {status[0][0]}, its payment goes on");
    }

    // A customer who cancelled late pays a part of it.
    private static long FeeOf(World world, object[] payment) =>
        world.ServiceOf("ordering").Database.Rows("SELECT cancellation_fee_percent FROM orders WHERE id = @p0 AND status = 'cancelled'", payment[1])
            is [[long percent]] ? (long)payment[2] * percent / 100 : 0;

    private static long Sum(World world, List<object[]> attempts, bool isCollect)
    {
        var references = attempts.Select(row => (string)row[0]).ToHashSet();
        return world.Provider.Movements.Where(movement => IsDone(movement) && movement.IsCollect == isCollect && references.Contains(movement.External))
            .Sum(movement => movement.AmountXaf);
    }
}
