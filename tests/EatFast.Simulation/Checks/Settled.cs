using EatFast.Simulation.Core;

namespace EatFast.Simulation.Checks;

/// <summary>Whether anything is still to come: only then does a run go on.</summary>
internal static class Settled
{
    private const string OpenOrders =
        "SELECT count(*) FROM orders WHERE status NOT IN ('completed', 'cancelled', 'rejected', 'expired')";

    public static bool Is(World world)
    {
        if (world.Broker.Waiting > 0 || world.City.Wishes.Any(wish => wish.IsOpen))
            return false;
        if (world.Services.Any(service => service.Database.Count("SELECT count(*) FROM outbox_messages WHERE sent_at IS NULL") > 0))
            return false;
        return world.ServiceOf("ordering").Database.Count(OpenOrders) == 0
            && world.ServiceOf("payments").Database.Count("SELECT count(*) FROM payment_attempts WHERE due_at IS NOT NULL") == 0;
    }
}
