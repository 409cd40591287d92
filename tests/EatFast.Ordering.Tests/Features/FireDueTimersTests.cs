using EatFast.Ordering.Contracts;
using EatFast.Ordering.Domain;
using EatFast.Ordering.Features;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Ordering.Tests.Features;

public sealed class FireDueTimersTests(OrderingSystem system)
{
    [Fact]
    public async Task An_order_that_nobody_pays_expires()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        await MakeDueAsync(order, OrderTimer.PaymentDue);

        await ReachesAsync(order, "expired");
        Assert.Single(await system.AnnouncedAsync<OrderExpired>(order, @event => @event.OrderId));
    }

    [Fact]
    public async Task An_order_that_the_restaurant_ignores_is_cancelled()
    {
        var order = await system.OrderAtAsync("pending");

        await MakeDueAsync(order, OrderTimer.RestaurantSilent);

        await ReachesAsync(order, "cancelled");
        Assert.Equal("restaurant_silent", Assert.Single(await system.AnnouncedAsync<OrderCancelled>(order, @event => @event.OrderId)).Reason);
    }

    [Fact]
    public async Task A_timer_of_an_order_that_moved_on_is_done_without_effect()
    {
        var order = await system.OrderAtAsync("confirmed");

        await MakeDueAsync(order, OrderTimer.RestaurantSilent);

        await Eventually.AsTrue(
            () => system.Ordering.WithDbAsync(db => db.Timers.AnyAsync(
                timer => timer.OrderId == order.Id && timer.Kind == OrderTimer.RestaurantSilent && timer.DoneAt != null)),
            "the timer is done");
        Assert.Equal("confirmed", (await system.LoadAsync(order.Id)).Status);
    }

    [Fact]
    public async Task Each_stage_sets_its_own_deadline()
    {
        var order = await system.OrderAtAsync("pending");

        var timers = await system.Ordering.WithDbAsync(db => db.Timers.Where(timer => timer.OrderId == order.Id).ToListAsync());

        var stored = await system.LoadAsync(order.Id);
        Assert.Equal(stored.CreatedAt.AddMinutes(15), timers.Single(timer => timer.Kind == OrderTimer.PaymentDue).DueAt);
        Assert.Equal(stored.ReleasedAt!.Value.AddMinutes(10), timers.Single(timer => timer.Kind == OrderTimer.RestaurantSilent).DueAt);
    }

    [Fact]
    public async Task Four_replicas_at_once_fire_each_timer_once()
    {
        var orders = new List<TestOrder>();
        for (var i = 0; i < 5; i++)
            orders.Add(await system.OrderAtAsync("pending", released: null));
        foreach (var order in orders)
            await MakeDueAsync(order, OrderTimer.PaymentDue);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync()));

        foreach (var order in orders)
        {
            await ReachesAsync(order, "expired");
            Assert.Single(await system.AnnouncedAsync<OrderExpired>(order, @event => @event.OrderId));
        }
    }

    private async Task RunAsync()
    {
        await using var scope = system.Ordering.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FireDueTimers>().RunAsync(CancellationToken.None);
    }

    private Task<int> MakeDueAsync(TestOrder order, string kind)
    {
        var past = system.Clock.GetUtcNow().AddSeconds(-1);
        return system.Ordering.WithDbAsync(db => db.Timers.Where(timer => timer.OrderId == order.Id && timer.Kind == kind)
            .ExecuteUpdateAsync(timer => timer.SetProperty(row => row.DueAt, past)));
    }

    private Task ReachesAsync(TestOrder order, string status) =>
        Eventually.AsTrue(async () => (await system.LoadAsync(order.Id)).Status == status, $"the order is {status}");
}
