using EatFast.Delivery.Contracts;
using EatFast.Delivery.Domain;
using EatFast.Ordering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Tests.Features;

public sealed class OrderEventsTests(DeliverySystem system)
{
    [Fact]
    public async Task A_confirmed_order_opens_one_delivery_however_often_it_is_told()
    {
        var order = system.AnOrder();

        await system.Delivery.DeliverAsync(system.Confirmed(order), Guid.NewGuid(), times: 2);
        await system.Delivery.DeliverAsync(system.Confirmed(order));

        var delivery = await system.FindAsync(Guid.Parse(order.OrderId));
        Assert.Equal((DeliveryStatus.Pending, "Ndolé"), (delivery!.Status, delivery.Order.Lines[0].Name));
        Assert.Equal((1000, "1234"), (delivery.FeeXaf, delivery.Order.PickupCode));
    }

    [Fact]
    public async Task Ready_marks_the_delivery_once()
    {
        var orderId = await system.AnOfferAsync();
        var ready = system.Ready(orderId);

        await system.Delivery.DeliverAsync(ready, Guid.NewGuid(), times: 2);
        await system.Delivery.DeliverAsync(ready with { ReadyAt = ready.ReadyAt.AddHours(1) });

        Assert.Equal(ready.ReadyAt, (await system.FindAsync(orderId))!.ReadyAt!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Ready_that_overtakes_the_confirmation_opens_the_delivery()
    {
        var order = system.AnOrder(status: "ready");

        await system.Delivery.DeliverAsync(system.Ready(Guid.Parse(order.OrderId)));
        await system.Delivery.DeliverAsync(system.Confirmed(order));

        Assert.NotNull((await system.FindAsync(Guid.Parse(order.OrderId)))!.ReadyAt);
    }

    [Fact]
    public async Task A_cancelled_order_takes_the_job_back_and_frees_the_driver()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        await system.Delivery.DeliverAsync(system.Cancelled(orderId), Guid.NewGuid(), times: 2);

        var profile = await (await driver.GetAsync("/api/v1/drivers/me/profile")).DataAsync();
        var active = await (await driver.GetAsync("/api/v1/drivers/me/delivery/active")).DataAsync();
        Assert.Equal("online", profile.GetProperty("availability").GetString());
        Assert.False(active.GetProperty("hasActiveDelivery").GetBoolean());
        await (await driver.MoveAsync(orderId, "picked_up", "1234")).AssertRefusedAsync(409, "DELIVERY_TRANSITION_NOT_ALLOWED");
        Assert.False(Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryWithdrawn>(), gone => gone.OrderId == orderId).HadFood);
    }

    [Theory]
    [InlineData("customer_absent", "customer_absent")]
    [InlineData("food_damaged", "food_damaged")]
    [InlineData("Il habite 12 rue Joss", null)]
    public async Task A_driver_who_carries_the_food_of_a_stopped_order_is_told_and_free(string reason, string? told)
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();
        (await driver.MoveAsync(orderId, "picked_up", "1234")).EnsureSuccessStatusCode();

        await system.Delivery.DeliverAsync(system.Cancelled(orderId) with { Reason = reason }, Guid.NewGuid(), times: 2);
        await system.Delivery.DeliverAsync(system.Cancelled(orderId) with { Reason = reason });

        var profile = await (await driver.GetAsync("/api/v1/drivers/me/profile")).DataAsync();
        Assert.Equal("online", profile.GetProperty("availability").GetString());
        var gone = Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryWithdrawn>(), gone => gone.OrderId == orderId);
        Assert.Equal((true, told), (gone.HadFood, gone.Reason));
    }

    [Fact]
    public async Task A_withdrawn_offer_cannot_be_accepted()
    {
        var orderId = await system.AnOfferAsync();
        var rejected = new OrderRejected(
            orderId, "EF-1", Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "closed", 3, system.Clock.GetUtcNow());
        await system.Delivery.DeliverAsync(rejected, Guid.NewGuid(), times: 2);
        var driver = await system.ADriverOnlineAsync(system.SomewhereElse());

        var answer = await driver.PostAsync($"/api/v1/drivers/me/orders/{orderId}/accept", null);

        await answer.AssertRefusedAsync(409, "OFFER_WITHDRAWN");
    }

    [Fact]
    public async Task A_confirmation_after_the_cancellation_opens_nothing()
    {
        var order = system.AnOrder();
        var orderId = Guid.Parse(order.OrderId);

        await system.Delivery.DeliverAsync(system.Cancelled(orderId), Guid.NewGuid(), times: 2);
        await system.Delivery.DeliverAsync(system.Confirmed(order));

        Assert.Equal(DeliveryStatus.Cancelled, (await system.FindAsync(orderId))!.Status);
    }

    [Fact]
    public async Task An_order_that_has_stopped_meanwhile_is_not_offered()
    {
        var order = system.AnOrder(status: "cancelled");

        await system.Delivery.DeliverAsync(system.Confirmed(order));

        Assert.Null(await system.FindAsync(Guid.Parse(order.OrderId)));
    }

    [Fact]
    public async Task An_order_without_coordinates_at_the_door_is_drawn_at_the_restaurant()
    {
        var order = system.AnOrder();
        (order.DeliveryLatitude, order.DeliveryLongitude) = (0, 0);

        await system.Delivery.DeliverAsync(system.Confirmed(order));

        var delivery = await system.FindAsync(Guid.Parse(order.OrderId));
        Assert.Equal(delivery!.Restaurant, delivery.Order.Destination);
    }

    [Fact]
    public async Task The_services_login_reads_no_other_schema()
    {
        await using var owner = new Npgsql.NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();
        await using var make = new Npgsql.NpgsqlCommand("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.secrets (id int)", owner);
        await make.ExecuteNonQueryAsync();

        await using var own = await system.Delivery.OpenOwnConnectionAsync();
        await using var peek = new Npgsql.NpgsqlCommand("SELECT * FROM elsewhere.secrets", own);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => peek.ExecuteNonQueryAsync());

        Assert.Equal("42501", refused.SqlState);
    }

    [Fact]
    public async Task The_demo_drivers_are_seeded_once_however_often_it_runs()
    {
        var now = system.Clock.GetUtcNow();

        for (var run = 0; run < 2; run++)
            await system.Delivery.WithDbAsync(async db =>
            {
                await DemoData.SeedAsync(db, now, CancellationToken.None);
                return true;
            });

        var driver = Identity.Contracts.DemoAccounts.Driver;
        Assert.Equal(1, await system.Delivery.WithDbAsync(db => db.Drivers.CountAsync(d => d.Id == driver)));
    }
}
