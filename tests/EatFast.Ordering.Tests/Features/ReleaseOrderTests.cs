using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class ReleaseOrderTests(OrderingSystem system)
{
    private DateTimeOffset Now => system.Clock.GetUtcNow();

    [Fact]
    public async Task A_payment_that_is_told_twice_releases_the_order_once()
    {
        var order = await system.OrderAtAsync("pending", released: null);
        var paid = new PaymentSucceeded(Guid.NewGuid(), order.Id, "campay", 4_000, Now);

        await system.Ordering.DeliverAsync(paid, Guid.NewGuid(), times: 2);
        await system.Ordering.DeliverAsync(paid);

        Assert.Equal(2, Assert.Single(await system.AnnouncedAsync<OrderReleased>(order, @event => @event.OrderId)).Version);
        var stored = await system.LoadAsync(order.Id);
        Assert.Equal(("pending", "paid", true), (stored.Status, stored.PaymentStatus, stored.IsReleased));
    }

    [Fact]
    public async Task Cash_releases_the_order_and_is_paid_at_the_door()
    {
        var order = await system.OrderAtAsync("confirmed", released: "authorized");
        var authorized = (await system.LoadAsync(order.Id)).PaymentStatus;

        await system.PayAsync(order);

        Assert.Equal(("authorized", "paid"), (authorized, (await system.LoadAsync(order.Id)).PaymentStatus));
        Assert.Single(await system.AnnouncedAsync<OrderReleased>(order, @event => @event.OrderId));
    }

    [Fact]
    public async Task The_order_is_carried_by_the_method_it_was_really_paid_with()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        await system.PayAsync(order, "authorized");

        Assert.Equal("cash", (await system.LoadAsync(order.Id)).PaymentMethod);
    }

    [Fact]
    public async Task A_payment_for_a_cancelled_order_is_noted_and_does_not_wake_the_kitchen()
    {
        var order = await system.OrderAtAsync("pending", released: null);
        await system.Customer(order.CustomerId).PostAsJsonAsync($"/api/v1/orders/{order.Id}/cancel", new JsonObject());

        await system.PayAsync(order);

        var stored = await system.LoadAsync(order.Id);
        Assert.Equal(("cancelled", "paid"), (stored.Status, stored.PaymentStatus));
        Assert.Empty(await system.AnnouncedAsync<OrderReleased>(order, @event => @event.OrderId));
        Assert.Single(await system.AnnouncedAsync<OrderCancelled>(order, @event => @event.OrderId));
    }

    [Fact]
    public async Task A_failed_payment_leaves_the_order_open_for_another_try()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        await system.Ordering.DeliverAsync(new PaymentFailed(Guid.NewGuid(), order.Id, "campay", "refused", Now), Guid.NewGuid(), times: 2);
        var failed = await system.LoadAsync(order.Id);
        await system.PayAsync(order);

        Assert.Equal(("pending", "failed", 2), (failed.Status, failed.PaymentStatus, failed.Version));
        Assert.Equal("paid", (await system.LoadAsync(order.Id)).PaymentStatus);
    }

    [Theory]
    [InlineData(true, "refunded")]
    [InlineData(false, "partially_refunded")]
    public async Task A_refund_changes_what_the_order_says_about_its_money(bool isFull, string paymentStatus)
    {
        var order = await system.OrderAtAsync("pending");

        await system.Ordering.DeliverAsync(
            new RefundIssued(Guid.NewGuid(), Guid.NewGuid(), order.Id, 4_000, isFull, Now), Guid.NewGuid(), times: 2);

        var stored = await system.LoadAsync(order.Id);
        Assert.Equal((paymentStatus, 3), (stored.PaymentStatus, stored.Version));
    }

    [Fact]
    public async Task A_payment_of_an_unknown_order_is_set_aside()
    {
        await system.Ordering.DeliverAsync(new PaymentSucceeded(Guid.NewGuid(), Guid.NewGuid(), "campay", 1, Now));
    }
}
