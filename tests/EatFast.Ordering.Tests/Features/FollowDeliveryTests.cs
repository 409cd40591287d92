using EatFast.Delivery.Contracts;
using EatFast.Ordering.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class FollowDeliveryTests(OrderingSystem system)
{
    private DateTimeOffset Now => system.Clock.GetUtcNow();

    [Fact]
    public async Task The_order_follows_its_driver_to_the_door()
    {
        var order = await system.OrderAtAsync("ready");

        await AssignAsync(order);
        await system.Ordering.DeliverAsync(new DeliveryPickedUp(Guid.NewGuid(), order.Id, order.DriverId, Now), Guid.NewGuid(), times: 2);
        await system.Ordering.DeliverAsync(new DeliveryInTransit(Guid.NewGuid(), order.Id, order.DriverId, Now), Guid.NewGuid(), times: 2);
        await CompleteAsync(order);

        var stored = await system.LoadAsync(order.Id);
        Assert.Equal(("delivered", order.DriverId), (stored.Status, stored.DriverId));
        Assert.Equal(
            ["placed", "released", "confirmed", "preparing", "ready", "driver_assigned", "picked_up", "in_transit", "delivered"],
            stored.History.OrderBy(change => change.Version).Select(change => change.Kind));
    }

    [Fact]
    public async Task Stages_that_nobody_told_are_walked_through_in_order()
    {
        var order = await system.OrderAtAsync("confirmed");

        await CompleteAsync(order);

        var versions = new[]
        {
            Assert.Single(await system.AnnouncedAsync<OrderPreparing>(order, @event => @event.OrderId)).Version,
            Assert.Single(await system.AnnouncedAsync<OrderReady>(order, @event => @event.OrderId)).Version,
            Assert.Single(await system.AnnouncedAsync<OrderPickedUp>(order, @event => @event.OrderId)).Version,
            Assert.Single(await system.AnnouncedAsync<OrderInTransit>(order, @event => @event.OrderId)).Version,
            Assert.Single(await system.AnnouncedAsync<OrderDelivered>(order, @event => @event.OrderId)).Version
        };
        Assert.Equal([4, 5, 6, 7, 8], versions);
    }

    [Fact]
    public async Task Messages_that_come_too_late_change_nothing()
    {
        var order = await system.OrderAtAsync("delivered");
        var before = await system.LoadAsync(order.Id);

        await system.Ordering.DeliverAsync(new DeliveryPickedUp(Guid.NewGuid(), order.Id, Guid.NewGuid(), Now));
        await system.Ordering.DeliverAsync(new DeliveryAssigned(Guid.NewGuid(), order.Id, Guid.NewGuid(), Now));

        var after = await system.LoadAsync(order.Id);
        Assert.Equal((before.Version, before.DriverId), (after.Version, after.DriverId));
    }

    [Fact]
    public async Task A_cancelled_order_stays_cancelled()
    {
        var order = await system.OrderAtAsync("confirmed");
        await OrderingSystem.SetStatusAsync(system.Admin(), order, "cancelled", "Fraude");

        await CompleteAsync(order);

        Assert.Equal("cancelled", (await system.LoadAsync(order.Id)).Status);
    }

    private Task AssignAsync(TestOrder order) =>
        system.Ordering.DeliverAsync(new DeliveryAssigned(Guid.NewGuid(), order.Id, order.DriverId, Now), Guid.NewGuid(), times: 2);

    private Task CompleteAsync(TestOrder order) =>
        system.Ordering.DeliverAsync(new DeliveryCompleted(Guid.NewGuid(), order.Id, order.DriverId, Now), Guid.NewGuid(), times: 2);
}
