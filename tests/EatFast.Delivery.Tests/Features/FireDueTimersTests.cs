using System.Net.Http.Json;
using EatFast.Delivery.Contracts;
using EatFast.Delivery.Domain;
using EatFast.Delivery.Features;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Delivery.Tests.Features;

public sealed class FireDueTimersTests(DeliverySystem system)
{
    [Fact]
    public async Task The_nearest_driver_is_asked_first_then_the_next_then_again_the_first()
    {
        var place = system.SomewhereElse();
        var far = await DriverAtAsync(place, 0.02);
        var near = await DriverAtAsync(place, 0.001);
        var orderId = await system.AnOfferAsync(place);

        await AskedAsync(orderId, near);
        await MakeDueAsync(orderId, DeliveryTimer.Offer);
        await AskedAsync(orderId, far);
        await MakeDueAsync(orderId, DeliveryTimer.Offer);
        await AskedAsync(orderId, near);

        var offered = (await system.Delivery.AnnouncedAsync<DeliveryOffered>()).FindAll(offer => offer.OrderId == orderId);
        Assert.Equal([near, far, near], offered.Select(offer => offer.DriverId));
        Assert.All(offered, offer => Assert.Equal(TimeSpan.FromSeconds(45), offer.EndsAt - offer.OfferedAt));
        Assert.Equal((await system.FindAsync(orderId))!.OfferEndsAt, (await TimerAsync(orderId, DeliveryTimer.Offer)).DueAt);
    }

    [Fact]
    public async Task Who_declines_is_not_asked_again_and_the_next_is_asked_at_once()
    {
        var place = system.SomewhereElse();
        var (near, far) = (await DriverAtAsync(place, 0.001), await DriverAtAsync(place, 0.02));
        var orderId = await system.AnOfferAsync(place);
        await AskedAsync(orderId, near);

        using var driver = system.ClientOf("delivery", near, Security.Roles.DeliveryAgent);
        var declined = await driver.PostAsJsonAsync($"/api/v1/drivers/me/orders/{orderId}/reject", new { reason = "Trop loin" });
        declined.EnsureSuccessStatusCode();

        await AskedAsync(orderId, far);
        await MakeDueAsync(orderId, DeliveryTimer.Offer);
        await Eventually.AsTrue(async () => await OffersOfAsync(orderId) == 3, "the far one is asked once more");
        Assert.Equal(far, (await system.FindAsync(orderId))!.OfferedTo);
    }

    [Fact]
    public async Task A_driver_who_comes_later_is_found()
    {
        var place = system.SomewhereElse();
        var orderId = await system.AnOfferAsync(place);
        await Eventually.AsTrue(
            async () => (await TimerAsync(orderId, DeliveryTimer.Offer)).DueAt > system.Clock.GetUtcNow().AddSeconds(5), "nobody was found");

        var driver = await DriverAtAsync(place, 0.001);
        await MakeDueAsync(orderId, DeliveryTimer.Offer);

        await AskedAsync(orderId, driver);
    }

    [Fact]
    public async Task Once_it_is_accepted_nobody_is_asked_any_more()
    {
        var (_, orderId) = await system.AnAcceptedDeliveryAsync();
        var offers = await OffersOfAsync(orderId);

        await MakeDueAsync(orderId, DeliveryTimer.Offer);

        await Eventually.AsTrue(async () => (await TimerAsync(orderId, DeliveryTimer.Offer)).DoneAt is not null, "the timer has ended");
        Assert.InRange(await OffersOfAsync(orderId) - offers, 0, 1);
    }

    [Fact]
    public async Task Four_replicas_at_once_ask_one_driver_per_turn_and_call_the_operators_once()
    {
        var orders = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var place = system.SomewhereElse();
            await DriverAtAsync(place, 0.001);
            orders.Add(await system.AnOfferAsync(place));
        }
        foreach (var orderId in orders)
        {
            await Eventually.AsTrue(async () => await OffersOfAsync(orderId) == 1, "the driver was asked");
            await system.Delivery.DeliverAsync(system.Ready(orderId));
            await MakeDueAsync(orderId, DeliveryTimer.Offer, DeliveryTimer.NoDriver);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync()));

        foreach (var orderId in orders)
        {
            await Eventually.AsTrue(async () => await OffersOfAsync(orderId) == 2, "the driver was asked again");
            await Eventually.AsTrue(async () => (await TimerAsync(orderId, DeliveryTimer.NoDriver)).DoneAt is not null, "the alert has run");
            Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryStalled>(), stalled => stalled.OrderId == orderId);
        }
    }

    [Fact]
    public async Task Food_that_waits_twenty_minutes_without_a_driver_calls_the_operators()
    {
        var orderId = await system.AnOfferAsync();
        var ready = system.Ready(orderId);
        await system.Delivery.DeliverAsync(ready, times: 2);

        Assert.Equal(ready.ReadyAt.AddMinutes(20), (await TimerAsync(orderId, DeliveryTimer.NoDriver)).DueAt, TimeSpan.FromMilliseconds(1));
        await MakeDueAsync(orderId, DeliveryTimer.NoDriver);

        await Eventually.AsTrue(async () => (await system.FindAsync(orderId))!.StalledAt is not null, "the operators are called");
        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryStalled>(), stalled => stalled.OrderId == orderId);
    }

    [Fact]
    public async Task Food_that_a_driver_is_coming_for_calls_nobody()
    {
        var (_, orderId) = await system.AnAcceptedDeliveryAsync();
        await system.Delivery.DeliverAsync(system.Ready(orderId));

        await MakeDueAsync(orderId, DeliveryTimer.NoDriver);

        await Eventually.AsTrue(async () => (await TimerAsync(orderId, DeliveryTimer.NoDriver)).DoneAt is not null, "the timer has run");
        Assert.DoesNotContain(await system.Delivery.AnnouncedAsync<DeliveryStalled>(), stalled => stalled.OrderId == orderId);
    }

    private async Task<Guid> DriverAtAsync(GeoPoint place, double north)
    {
        using var driver = system.SomeDriver(out var driverId);
        var status = new { status = "online", latitude = place.Latitude + north, place.Longitude };
        (await driver.PutAsJsonAsync("/api/v1/drivers/me/status", status)).EnsureSuccessStatusCode();
        return driverId;
    }

    private Task AskedAsync(Guid orderId, Guid driverId) => Eventually.AsTrue(
        async () => (await system.FindAsync(orderId))!.OfferedTo == driverId, "the driver is asked");

    private async Task<int> OffersOfAsync(Guid orderId)
    {
        var deliveryId = (await system.FindAsync(orderId))!.Id;
        return await system.Delivery.WithDbAsync(db => db.Offers.CountAsync(offer => offer.DeliveryId == deliveryId));
    }

    private async Task<DeliveryTimer> TimerAsync(Guid orderId, string kind)
    {
        var deliveryId = (await system.FindAsync(orderId))!.Id;
        return await system.Delivery.WithDbAsync(
            db => db.Timers.AsNoTracking().SingleAsync(timer => timer.DeliveryId == deliveryId && timer.Kind == kind));
    }

    private async Task MakeDueAsync(Guid orderId, params string[] kinds)
    {
        var (deliveryId, past) = ((await system.FindAsync(orderId))!.Id, system.Clock.GetUtcNow().AddSeconds(-1));
        await system.Delivery.WithDbAsync(db => db.Timers.Where(timer => timer.DeliveryId == deliveryId && kinds.Contains(timer.Kind))
            .ExecuteUpdateAsync(timer => timer.SetProperty(row => row.DueAt, past)));
    }

    private async Task RunAsync()
    {
        await using var scope = system.Delivery.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FireDueTimers>().RunAsync(CancellationToken.None);
    }
}
