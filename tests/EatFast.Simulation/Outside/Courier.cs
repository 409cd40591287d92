using System.Text.Json;
using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Outside;

/// <summary>A driver: goes online, races for offers, and carries each job to its end as long as it is his.</summary>
internal sealed class Courier(World world, Guid id)
{
    private TaskCompletionSource _woken = new();

    public void Wake() => world.After(world.Between(1, 60), () => _woken.TrySetResult());

    public async Task WorkAsync()
    {
        await InsistAsync("PUT", "/api/v1/drivers/me/status", new { status = "online", latitude = 4.05, longitude = 9.70 });
        while (true)
        {
            await _woken.Task;
            _woken = new TaskCompletionSource();
            while (await LookAsync())
                continue;
            if (HasOpenOrders())
                world.After(world.Between(60, 600), () => _woken.TrySetResult());
        }
    }

    private bool HasOpenOrders() => world.ServiceOf("ordering").Database.Count(
        "SELECT count(*) FROM orders WHERE status IN ('confirmed', 'preparing', 'ready', 'picked_up', 'in_transit')") > 0;

    private async Task<bool> LookAsync()
    {
        var offers = await InsistAsync("GET", "/api/v1/drivers/me/orders/available", null);
        if (!offers.IsSuccess || offers.Data.GetProperty("orders") is not { ValueKind: JsonValueKind.Array } listed || listed.GetArrayLength() == 0)
            return false;
        var orderId = listed[world.Random.Next(listed.GetArrayLength())].GetProperty("orderId").GetGuid();
        await world.SleepAsync(world.Between(1, 40));
        if (world.Chance(0.05))
            await InsistAsync("POST", "/api/v1/drivers/me/orders/{orderId:guid}/reject", new { reason = "trop loin" }, ("orderId", orderId));
        var accepted = await InsistAsync("POST", "/api/v1/drivers/me/orders/{orderId:guid}/accept", null, ("orderId", orderId));
        if (accepted.IsSuccess)
            await CarryAsync(orderId);
        return true;
    }

    private async Task CarryAsync(Guid orderId)
    {
        var codes = world.ServiceOf("ordering").Database.Rows("SELECT pickup_code, drop_code FROM orders WHERE id = @p0", orderId)[0];
        (string Status, string? Code)[] steps = [("picking_up", null), ("picked_up", (string)codes[0]), ("delivering", null), ("delivered", (string)codes[1])];
        foreach (var (status, code) in steps)
        {
            await world.SleepAsync(world.Between(20, 900));
            if (code is not null && world.Chance(0.1))
                await AdvanceAsync(orderId, status, "wrong");
            if (!(await AdvanceAsync(orderId, status, code)).IsSuccess)
                return;
        }
    }

    private Task<Reply> AdvanceAsync(Guid orderId, string status, string? code) =>
        InsistAsync("PUT", "/api/v1/drivers/me/deliveries/{id:guid}/status", code is null ? (object)new { status } : new { status, code }, ("id", orderId));

    private Task<Reply> InsistAsync(string method, string pattern, object? body, params (string, object)[] route) =>
        world.InsistAsync("delivery", new Ask(method, pattern, id, "delivery_agent", body) { Route = route });
}
