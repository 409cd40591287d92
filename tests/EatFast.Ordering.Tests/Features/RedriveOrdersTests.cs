using System.Diagnostics.Metrics;
using EatFast.Delivery.Contracts.V1;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Features;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Ordering.Tests.Features;

public sealed class RedriveOrdersTests(OrderingSystem system)
{
    [Theory]
    [InlineData("completed", "paid")]
    [InlineData("authorized", "authorized")]
    public async Task An_order_whose_payment_was_not_told_is_released_by_asking(string payment, string paymentStatus)
    {
        var order = await system.OrderAtAsync("pending", released: null);
        system.Payments.Statuses[order.Id] = payment;

        await OutstayAsync(order, times: 2);

        var stored = await system.LoadAsync(order.Id);
        Assert.Equal((paymentStatus, true, 2), (stored.PaymentStatus, stored.IsReleased, stored.Version));
        Assert.Single(await system.AnnouncedAsync<OrderReleased>(order, @event => @event.OrderId));
    }

    [Fact]
    public async Task An_order_that_payments_never_heard_of_is_told_again()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        await OutstayAsync(order);

        var told = await system.AnnouncedAsync<OrderPlaced>(order, @event => @event.OrderId);
        Assert.Equal(2, told.Count);
        // The database keeps microseconds, the first event was told with finer ones.
        Assert.Equal(told[0], told[1] with { PlacedAt = told[0].PlacedAt });
        Assert.Equal(1, (await system.LoadAsync(order.Id)).Version);
    }

    [Theory]
    [InlineData("picking_up", "confirmed")]
    [InlineData("picked_up", "picked_up")]
    [InlineData("delivering", "in_transit")]
    [InlineData("delivered", "delivered")]
    public async Task An_order_that_its_driver_left_behind_catches_up(string delivery, string status)
    {
        var order = await system.OrderAtAsync("confirmed");
        system.Delivery.Tracked[order.Id] = new GetTrackingReply { Status = delivery, DriverId = order.DriverId.ToString() };

        await OutstayAsync(order, times: 2);

        var stored = await system.LoadAsync(order.Id);
        Assert.Equal((status, order.DriverId), (stored.Status, stored.DriverId));
        Assert.Equal(status == "delivered" ? 1 : 0, (await system.AnnouncedAsync<OrderDelivered>(order, @event => @event.OrderId)).Count);
    }

    [Fact]
    public async Task An_order_without_a_delivery_gets_one_by_being_confirmed_again()
    {
        var order = await system.OrderAtAsync("preparing");

        await OutstayAsync(order);

        var told = await system.AnnouncedAsync<OrderConfirmed>(order, @event => @event.OrderId);
        Assert.Equal((2, told[0]), (told.Count, told[1] with { ConfirmedAt = told[0].ConfirmedAt }));
    }

    [Theory]
    [InlineData("completed", 2, "paid")]
    [InlineData("refunded", 1, "refunded")]
    [InlineData("cancelled", 1, "paid")]
    public async Task A_stopped_order_asks_for_its_refund_until_it_is_told(string payment, int told, string paymentStatus)
    {
        var order = await system.OrderAtAsync("pending");
        (await OrderingSystem.SetStatusAsync(system.Admin(), order, "cancelled", "Fraude")).EnsureSuccessStatusCode();
        system.Payments.Statuses[order.Id] = payment;

        await OutstayAsync(order);

        Assert.Equal(told, (await system.AnnouncedAsync<OrderCancelled>(order, @event => @event.OrderId)).Count);
        Assert.Equal(paymentStatus, (await system.LoadAsync(order.Id)).PaymentStatus);
        Assert.Equal(payment == "completed", await WatchOfAsync(order) is not null);
    }

    [Fact]
    public async Task A_timer_that_is_gone_is_set_again()
    {
        var order = await system.OrderAtAsync("pending");
        await system.Ordering.WithDbAsync(db => db.Timers.Where(timer => timer.OrderId == order.Id).ExecuteDeleteAsync());

        await OutstayAsync(order);

        await Eventually.AsTrue(async () => (await system.LoadAsync(order.Id)).Status == "cancelled", "the restaurant was silent too long");
    }

    [Fact]
    public async Task While_a_neighbour_is_away_no_try_is_used_up()
    {
        var order = await system.OrderAtAsync("pending", released: null);
        system.Payments.Statuses[order.Id] = ScriptedPayments.Away;
        for (var look = 0; look < 20; look++)
        {
            await MakeDueAsync(order);
            await RunAsync();
        }

        system.Payments.Statuses[order.Id] = "completed";
        await OutstayAsync(order);

        Assert.True((await system.LoadAsync(order.Id)).IsReleased);
    }

    [Fact]
    public async Task After_some_looks_without_effect_the_order_is_left_to_a_person()
    {
        var order = await system.OrderAtAsync("pending", released: null);
        system.Payments.Statuses[order.Id] = "processing";

        await OutstayAsync(order, times: 12);

        Assert.Null(await WatchOfAsync(order));
        Assert.Equal(("pending", 1), ((await system.LoadAsync(order.Id)).Status, (await system.LoadAsync(order.Id)).Version));
    }

    [Fact]
    public async Task Four_watchdogs_at_once_repeat_an_event_once_and_count_it()
    {
        var order = await system.OrderAtAsync("pending", released: null);
        var counted = 0L;
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "eatfast.ordering.redriven")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        meter.Start();
        await MakeDueAsync(order);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync()));
        await LookedAtAsync(order);

        Assert.Equal(2, (await system.AnnouncedAsync<OrderPlaced>(order, @event => @event.OrderId)).Count);
        Assert.True(Interlocked.Read(ref counted) >= 1);
    }

    private async Task OutstayAsync(TestOrder order, int times = 1)
    {
        for (var look = 0; look < times; look++)
        {
            if (await WatchOfAsync(order) is null)
                return;
            await MakeDueAsync(order);
            await RunAsync();
            await LookedAtAsync(order);
        }
    }

    // The service's own watchdog may have been quicker: its claim lasts a minute, the next look is further away.
    private Task LookedAtAsync(TestOrder order) => Eventually.AsTrue(
        async () => await WatchOfAsync(order) is not { } at || at > system.Clock.GetUtcNow().AddSeconds(90), "the watchdog has looked");

    private async Task RunAsync()
    {
        await using var scope = system.Ordering.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RedriveOrders>().RunAsync(CancellationToken.None);
    }

    private Task<int> MakeDueAsync(TestOrder order)
    {
        DateTimeOffset? past = system.Clock.GetUtcNow().AddSeconds(-1);
        return system.Ordering.WithDbAsync(db => db.Orders.Where(row => row.Id == order.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(found => EF.Property<DateTimeOffset?>(found, "WatchAt"), past)));
    }

    private Task<DateTimeOffset?> WatchOfAsync(TestOrder order) => system.Ordering.WithDbAsync(db =>
        db.Orders.Where(row => row.Id == order.Id).Select(row => EF.Property<DateTimeOffset?>(row, "WatchAt")).SingleAsync());
}
