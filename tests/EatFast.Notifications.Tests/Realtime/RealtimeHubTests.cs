using System.Net;
using System.Text.Json;
using EatFast.Delivery.Contracts;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EatFast.Notifications.Tests.Realtime;

public sealed class RealtimeHubTests(NotificationsSystem system)
{
    [Fact]
    public async Task Without_a_token_there_is_no_connection()
    {
        var answer = await system.ClientOf("notifications").SendJsonAsync(HttpMethod.Post, "/hubs/realtime/negotiate?negotiateVersion=1");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Customer_and_restaurant_hear_each_step_once()
    {
        var story = new Story(system);
        await using var customer = await Listener.OpenAsync(system, story.CustomerId);
        await using var owner = await Listener.OpenAsync(system, story.OwnerId, Roles.RestaurantOwner);
        await customer.CallAsync("SubscribeOrder", story.OrderId);

        await system.Service.DeliverAsync(story.Placed(), Guid.NewGuid(), times: 2);
        await system.Service.DeliverAsync(story.Confirmed(), Guid.NewGuid(), times: 2);

        var status = await customer.HearAsync("order:status_updated");
        Assert.Equal(("confirmed", "pending"), (status.Text("status"), status.Text("previousStatus")));
        Assert.Equal(20, status.GetProperty("metadata").GetProperty("estimatedPreparationTime").GetInt32());
        Assert.Equal(6500, (await customer.HearAsync("order:created")).GetProperty("total").GetInt64());
        Assert.Equal("confirmed", (await owner.HearAsync("order:status_updated")).Text("status"));
        await customer.HearAsync("user:notification", heard => heard.Text("kind") == "order.confirmed");
        Assert.Single(customer.Heard("order:status_updated"));
        Assert.Empty(owner.Heard("order:created"));
    }

    [Fact]
    public async Task Late_news_is_not_told()
    {
        var story = new Story(system);
        await using var customer = await Listener.OpenAsync(system, story.CustomerId);

        await system.Service.DeliverAsync(story.Ready());
        await system.Service.DeliverAsync(story.Preparing());
        await system.Service.DeliverAsync(story.PickedUp());

        await customer.HearAsync("order:status_updated", heard => heard.Text("status") == "picked_up");
        Assert.DoesNotContain(customer.Heard("order:status_updated"), heard => heard.Text("status") == "preparing");
    }

    [Fact]
    public async Task A_released_order_reaches_its_restaurant_and_the_admins_only()
    {
        var story = new Story(system);
        await using var owner = await Listener.OpenAsync(system, story.OwnerId, Roles.RestaurantOwner);
        await using var admin = await Listener.OpenAsync(system, Guid.NewGuid(), Roles.Admin);
        await using var other = await Listener.OpenAsync(system, Guid.NewGuid(), Roles.RestaurantOwner);

        await system.Service.DeliverAsync(story.Released(), Guid.NewGuid(), times: 3);

        var order = await owner.HearAsync("restaurant:new_order");
        Assert.Equal((story.Number, "Amina"), (order.Text("orderNumber"), order.Text("customerName")));
        Assert.Equal(6500, order.GetProperty("totalAmount").GetInt64());
        Assert.Equal("Ndolé", order.GetProperty("items")[0].Text("name"));
        await admin.HearAsync("restaurant:new_order", heard => heard.Text("orderNumber") == story.Number);
        Assert.Empty(other.Heard("restaurant:new_order"));
        Assert.Single(owner.Heard("restaurant:new_order"));
    }

    [Fact]
    public async Task Another_customers_order_cannot_be_followed()
    {
        var story = new Story(system);
        await using var stranger = await Listener.OpenAsync(system, Guid.NewGuid());

        foreach (var order in new object?[] { story.OrderId, Guid.NewGuid(), "nonsense", 5, null, new { orderId = story.OrderId } })
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => stranger.CallAsync("subscribe_order", order));
            Assert.Contains("ORDER_NOT_FOUND", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_driver_may_follow_once_the_job_is_his()
    {
        var story = new Story(system);
        await using var driver = await Listener.OpenAsync(system, story.DriverId, Roles.DeliveryAgent);
        await Assert.ThrowsAsync<HubException>(() => driver.CallAsync("SubscribeOrder", story.OrderId));

        await system.Service.DeliverAsync(
            new DeliveryAssigned(Guid.NewGuid(), story.OrderId, story.DriverId, system.Clock.GetUtcNow()), Guid.NewGuid(), times: 2);

        Assert.True((await driver.CallAsync("subscribe_order", new { orderId = story.OrderId })).GetProperty("subscribed").GetBoolean());
    }

    [Fact]
    public async Task Followers_see_the_driver_move_until_they_leave()
    {
        var story = new Story(system);
        await using var customer = await Listener.OpenAsync(system, story.CustomerId);
        await customer.CallAsync("SubscribeOrder", story.OrderId);

        await PublishAsync("not json");
        await PublishAsync(PositionOf(story, 4.05));

        var position = await customer.HearAsync("delivery:location");
        Assert.Equal((4.05, 9.7), (position.GetProperty("lat").GetDouble(), position.GetProperty("lng").GetDouble()));
        Assert.Equal((4.05, 9.7), (position.GetProperty("latitude").GetDouble(), position.GetProperty("longitude").GetDouble()));
        await customer.CallAsync("UnsubscribeOrder", story.OrderId);
        await PublishAsync(PositionOf(story, 4.06));
        await customer.CallAsync("ping");
        Assert.Single(customer.Heard("delivery:location"));
    }

    [Fact]
    public async Task A_message_over_16_kilobytes_ends_the_connection()
    {
        await using var listener = await Listener.OpenAsync(system, Guid.NewGuid());

        await Assert.ThrowsAnyAsync<Exception>(() => listener.CallAsync("SubscribeOrder", new string('x', 20_000)));

        await Eventually.AsTrue(() => listener.Connection.State == HubConnectionState.Disconnected, "the connection was closed");
    }

    private Task<long> PublishAsync(string text) => system.Service.Services.GetRequiredService<IConnectionMultiplexer>()
        .GetSubscriber().PublishAsync(RedisChannel.Literal("delivery:location"), text);

    private string PositionOf(Story story, double latitude) => JsonSerializer.Serialize(new
    {
        driverId = story.DriverId,
        orderId = story.OrderId,
        latitude,
        longitude = 9.7,
        accuracy = 5.0,
        bearing = 90.0,
        speed = 4.2,
        timestamp = system.Clock.GetUtcNow()
    });
}
