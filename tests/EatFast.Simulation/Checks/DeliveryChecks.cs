using EatFast.Simulation.Core;

namespace EatFast.Simulation.Checks;

/// <summary>I11: one job per driver, one driver per job. I12: orders and deliveries tell the same story.</summary>
internal static class DeliveryChecks
{
    public static void Check(World world)
    {
        var (orders, store) = (world.ServiceOf("ordering").Database, world.ServiceOf("delivery").Database);
        foreach (var driver in store.Rows(
            "SELECT driver_id, count(*) FROM deliveries WHERE status IN ('assigned', 'picking_up', 'picked_up', 'delivering') GROUP BY driver_id"))
            world.Violate($"I11 driver #{driver[0]} rests with {driver[1]} jobs");
        foreach (var driver in store.Rows("SELECT id FROM drivers WHERE status = 'busy'"))
            world.Violate($"I11 driver #{driver[0]} rests busy, without a job");
        var deliveries = store.Rows("SELECT order_id, status, driver_id FROM deliveries").ToDictionary(row => (long)row[0]);
        foreach (var order in orders.Rows("SELECT id, status, driver_id, confirmed_at FROM orders"))
        {
            var delivery = deliveries.GetValueOrDefault((long)order[0]);
            var (was, carried) = ((string)order[1], delivery is null ? "none" : (string)delivery[1]);
            if (!Agree(was, carried))
                world.Violate($"I12 order #{order[0]} is {was}, its delivery {carried}");
            if (was == "completed" && !Equals(order[2], delivery![2]))
                world.Violate($"I12 order #{order[0]} names driver #{order[2]}, its delivery #{delivery[2]}");
        }
    }

    // Food that was handed over before the order's end came through is the one case in which the two differ.
    private static bool Agree(string order, string delivery) => order switch
    {
        "completed" => delivery == "delivered",
        "cancelled" => delivery is "none" or "cancelled" or "delivered",
        _ => delivery is "none" or "cancelled"
    };
}
