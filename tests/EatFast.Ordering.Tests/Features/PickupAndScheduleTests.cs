using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class PickupAndScheduleTests(OrderingSystem system)
{
    [Fact]
    public async Task A_pickup_costs_no_delivery_and_ends_at_the_counter()
    {
        var order = await PlaceAsync(Pickup);
        Assert.Equal(0, order.Body["pricing"]!["deliveryFee"]!.GetValue<long>());
        Assert.Equal(("pickup", "Rue Joss"), (order.Body["deliveryType"]!.GetValue<string>(), order.Body["deliveryAddress"]!["street"]!.GetValue<string>()));
        await system.PayAsync(order.Order);

        foreach (var status in new[] { "confirmed", "preparing", "ready", "delivered" })
            await (await OrderingSystem.SetStatusAsync(system.Owner(order.Order.OwnerId), order.Order, status)).DataAsync();

        Assert.Equal(OrderStatus.Delivered, (await system.LoadAsync(order.Order.Id)).Status);
    }

    [Fact]
    public async Task What_a_driver_carries_is_not_handed_over_by_the_kitchen()
    {
        var order = await system.OrderAtAsync(OrderStatus.Ready);

        using var answer = await OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "delivered");

        await answer.AssertRefusedAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_PERMISSIONS");
    }

    [Theory]
    [InlineData("pickup", true)]
    [InlineData("delivery", false)]
    [InlineData("drone", true)]
    public async Task An_address_belongs_to_a_delivery_and_to_nothing_else(string type, bool hasAddress)
    {
        using var answer = await SendAsync(Guid.NewGuid(), system.Catalog.AddRestaurant().Id, body =>
        {
            body["deliveryType"] = type;
            if (!hasAddress)
                body.Remove("deliveryAddress");
        });

        await answer.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_scheduled_order_is_paid_now_and_shown_to_the_kitchen_in_time()
    {
        var then = system.Clock.GetUtcNow().AddHours(5);
        var order = await PlaceAsync(body => body["scheduledFor"] = then.ToString("O"));
        await system.PayAsync(order.Order);
        using var early = await OrderingSystem.SetStatusAsync(system.Owner(order.Order.OwnerId), order.Order, "confirmed");
        await early.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_NOT_RELEASED");
        var stored = await system.LoadAsync(order.Order.Id);
        // 25 minutes in the kitchen, 15 on the way, 15 for the restaurant's answer.
        Assert.Equal(then.AddMinutes(-55), await DueAsync(order.Order), TimeSpan.FromMilliseconds(1));
        Assert.Equal(then, stored.EstimatedDeliveryAt, TimeSpan.FromMilliseconds(1));

        await ComesTrueAsync(order.Order, system.Clock.GetUtcNow().AddMinutes(50), OrderTimer.ScheduledRelease);

        await Eventually.AsTrue(async () => (await system.LoadAsync(order.Order.Id)).IsReleased, "the kitchen sees the order");
        await (await OrderingSystem.SetStatusAsync(system.Owner(order.Order.OwnerId), order.Order, "confirmed")).DataAsync();
    }

    [Fact]
    public async Task The_payments_timer_leaves_a_paid_scheduled_order_alone_and_ends_an_unpaid_one()
    {
        var then = system.Clock.GetUtcNow().AddHours(5);
        var paid = await PlaceAsync(body => body["scheduledFor"] = then.ToString("O"));
        var unpaid = await PlaceAsync(body => body["scheduledFor"] = then.ToString("O"));
        await system.PayAsync(paid.Order);

        await ComesTrueAsync(paid.Order, then, OrderTimer.PaymentDue);
        await ComesTrueAsync(unpaid.Order, then, OrderTimer.PaymentDue);

        await Eventually.AsTrue(async () => (await system.LoadAsync(unpaid.Order.Id)).Status == OrderStatus.Expired, "the unpaid order expires");
        await Eventually.AsTrue(() => system.Ordering.WithDbAsync(db => db.Timers.AnyAsync(
            timer => timer.OrderId == paid.Order.Id && timer.Kind == OrderTimer.PaymentDue && timer.DoneAt != null)), "the paid order's timer is done");
        Assert.Equal(OrderStatus.Pending, (await system.LoadAsync(paid.Order.Id)).Status);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-60)]
    [InlineData(60 * 24 * 8)]
    public async Task A_time_that_cannot_be_kept_is_refused(int minutes)
    {
        using var answer = await SendAsync(Guid.NewGuid(), system.Catalog.AddRestaurant().Id, body =>
            body["scheduledDeliveryTime"] = system.Clock.GetUtcNow().AddMinutes(minutes).ToString("O"));

        await answer.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "SCHEDULE_NOT_POSSIBLE");
    }

    private Task<DateTimeOffset> DueAsync(TestOrder order) => system.Ordering.WithDbAsync(db => db.Timers
        .Where(timer => timer.OrderId == order.Id && timer.Kind == OrderTimer.ScheduledRelease).Select(timer => timer.DueAt).SingleAsync());

    // The clock belongs to all tests, so the order's times are moved instead.
    private Task<int> ComesTrueAsync(TestOrder order, DateTimeOffset scheduledFor, string timer) => system.Ordering.WithDbAsync(async db =>
    {
        await db.Orders.Where(found => found.Id == order.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.ScheduledFor, scheduledFor));
        return await db.Timers.Where(found => found.OrderId == order.Id && found.Kind == timer)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.DueAt, system.Clock.GetUtcNow()));
    });

    private static void Pickup(JsonObject body)
    {
        body["deliveryType"] = "pickup";
        body.Remove("deliveryAddress");
    }

    private async Task<(TestOrder Order, JsonNode Body)> PlaceAsync(Action<JsonObject> change)
    {
        var (restaurant, customer) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var placed = await (await SendAsync(customer, restaurant.Id, change)).DataAsync();
        return (new(placed["orderId"]!.GetValue<Guid>(), customer, restaurant.Id, restaurant.OwnerId, Guid.NewGuid()), placed);
    }

    private Task<HttpResponseMessage> SendAsync(Guid customer, Guid restaurant, Action<JsonObject> change)
    {
        var body = Bodies.Order(restaurant);
        change(body);
        return system.Customer(customer).PostAsJsonAsync("/api/v1/orders", body);
    }
}
