using EatFast.Ordering.Contracts;
using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Outside;

/// <summary>A restaurant: takes orders, refuses some, overlooks some, and forgets a button now and then.</summary>
internal sealed class Kitchen(World world, Guid id, Guid owner)
{
    private readonly HashSet<Guid> _seen = [];

    public Guid Id => id;

    public Guid Owner => owner;

    public void Hear(object happened)
    {
        if (happened is OrderReleased released && released.RestaurantId == id && _seen.Add(released.OrderId))
            world.Spawn("kitchen", () => CookAsync(released.OrderId));
    }

    private async Task CookAsync(Guid orderId)
    {
        await world.SleepAsync(world.Chance(0.05) ? world.Between(590, 610) : world.Between(2, 240));
        var mood = world.Random.NextDouble() * (world.Scenario.IsDay ? 0.92 : 1);
        if (mood > 0.92)
            return;
        if (mood > 0.85)
        {
            await PressAsync(orderId, "cancel", new { reason = "rupture de stock" });
            return;
        }
        if (!(await PressAsync(orderId, "confirm", new { estimatedPreparationTime = 10 })).IsSuccess)
            return;
        await world.SleepAsync(world.Between(1, 600));
        if (world.Chance(0.9) && !(await PressAsync(orderId, "preparing", null)).IsSuccess)
            return;
        await world.SleepAsync(world.Between(10, 1200));
        if (world.Chance(0.85))
            await PressAsync(orderId, "ready", null);
    }

    private Task<Reply> PressAsync(Guid orderId, string button, object? body) => world.InsistAsync(
        "ordering",
        new Ask("POST", $"/api/v1/restaurant/orders/{{orderId:guid}}/{button}", owner, "restaurant_owner", body) { Route = [("orderId", orderId)] });
}
