using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Outside;

/// <summary>Orders, pays in one of several ways or not at all, changes his mind, and rates what he got.</summary>
internal sealed class Customer(World world, Wish wish, Kitchen kitchen)
{
    private readonly string _phone = $"+2376700{wish.Number:D5}";

    public async Task LiveAsync()
    {
        var placed = await PlaceAsync();
        if (!placed.IsSuccess)
        {
            wish.IsOpen = placed.IsUncertain;
            return;
        }
        wish.OrderId = placed.Data.GetProperty("orderId").GetGuid();
        wish.IsOpen = false;
        if (world.Chance(world.Scenario.IsDay ? 0.02 : 0.15))
            world.Spawn("change of mind", CancelLaterAsync);
        if (world.Chance(world.Scenario.IsDay ? 0.005 : 0.06))
            world.Spawn("operator", CancelByOperatorAsync);
        if (world.Chance(0.1))
            await RepeatAsync(placed);
        await PayAsync();
        if (world.Chance(0.3))
            await RateAsync();
    }

    private Task<Reply> PlaceAsync() => world.InsistAsync("ordering", OrderAsk());

    private Ask OrderAsk() => new("POST", "/api/v1/orders", wish.Customer, Body: new
    {
        restaurantId = kitchen.Id,
        items = new[] { new { itemId = kitchen.Id, quantity = 1 + wish.Number % 4 } },
        deliveryAddress = new { street = "12 rue de la Joie", city = "douala", coordinates = new { latitude = 4.06, longitude = 9.71 } },
        paymentMethod = wish.Method
    }, Key: wish.Key);

    // A nervous thumb: the same request again has to bring the same answer, byte for byte.
    private async Task RepeatAsync(Reply placed)
    {
        var again = await PlaceAsync();
        if (again.IsSuccess && again.Body != placed.Body)
            world.Violate($"I2 the repeat of order {wish.Number} got another answer");
    }

    private async Task PayAsync()
    {
        var never = world.Chance(world.Scenario.IsDay ? 0.01 : 0.08);
        if (wish.Method == "cash" && !world.Chance(0.08) || never)
            return;
        await world.SleepAsync(world.Chance(0.08) ? world.Between(850, 930) : world.Between(0.2, 60));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var method = attempt == 3 && world.Chance(0.5) ? "cash" : "campay";
            var reply = await world.InsistAsync("payments", new Ask("POST", "/api/v1/payments/process", wish.Customer, Body: new
            {
                orderId = wish.OrderId,
                method,
                phone = _phone
            }, Key: $"pay-{wish.Number}-{attempt}"));
            if (!reply.IsSuccess || method == "cash" || !await FailsAsync())
                return;
        }
    }

    // The app looks how the payment stands, and offers another try when it failed.
    private async Task<bool> FailsAsync()
    {
        for (var look = 0; look < 20; look++)
        {
            await world.SleepAsync(world.Between(5, 30));
            var status = world.ServiceOf("payments").Database.Rows("SELECT status FROM payments WHERE order_id = @p0", wish.OrderId!.Value);
            if (status is [["failed"]])
                return world.Chance(0.8);
            if (status is not [["pending" or "processing"]])
                return false;
        }
        return false;
    }

    private async Task CancelLaterAsync()
    {
        await world.SleepAsync(world.Chance(0.3) ? world.Between(0, 5) : world.Between(0, 1500));
        await world.InsistAsync("ordering", new Ask("POST", "/api/v1/orders/{orderId:guid}/cancel", wish.Customer, Body: new { reason = "changed_mind" })
        {
            Route = [("orderId", wish.OrderId!.Value)]
        });
    }

    private async Task CancelByOperatorAsync()
    {
        await world.SleepAsync(world.Between(10, 5400));
        await world.InsistAsync("ordering", new Ask("POST", "/api/v1/orders/{orderId:guid}/cancel", kitchen.Owner, "admin", new { reason = "operator" })
        {
            Route = [("orderId", wish.OrderId!.Value)]
        });
    }

    private async Task RateAsync()
    {
        for (var look = 0; look < 12; look++)
        {
            await world.SleepAsync(world.Between(600, 1200));
            var status = world.ServiceOf("ordering").Database.Rows("SELECT status FROM orders WHERE id = @p0", wish.OrderId!.Value);
            if (status is not [["delivered"]])
                continue;
            await world.InsistAsync("ordering", new Ask("POST", "/api/v1/orders/{orderId:guid}/rating", wish.Customer, Body: new { rating = 4 })
            {
                Route = [("orderId", wish.OrderId!.Value)]
            });
            return;
        }
    }
}
