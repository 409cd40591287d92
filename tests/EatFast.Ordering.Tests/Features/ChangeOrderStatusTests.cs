using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class ChangeOrderStatusTests(OrderingSystem system)
{
    [Fact]
    public async Task The_restaurant_confirms_with_its_preparation_time()
    {
        var order = await system.OrderAtAsync("pending");
        var body = new JsonObject { ["status"] = "confirmed", ["estimatedPreparationTime"] = 35 };

        var answer = await (await system.Owner(order.OwnerId).PutAsJsonAsync($"/api/v1/orders/{order.Id}/status", body)).DataAsync();

        Assert.Equal(("confirmed", 35), ((string?)answer["status"], (int)answer["estimatedPreparationTime"]!));
        var confirmed = Assert.Single(await system.AnnouncedAsync<OrderConfirmed>(order, @event => @event.OrderId));
        Assert.Equal((35, 3), (confirmed.PreparationMinutes, confirmed.Version));
    }

    [Theory]
    [InlineData("pending", "accepted", "confirmed")]
    [InlineData("confirmed", "preparing", "preparing")]
    [InlineData("preparing", "ready_for_pickup", "ready")]
    public async Task The_kitchens_steps_have_synonyms(string from, string word, string to)
    {
        var order = await system.OrderAtAsync(from);

        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{order.Id}/status")
        {
            Content = JsonContent.Create(new JsonObject { ["status"] = word })
        };
        var answer = await (await system.Owner(order.OwnerId).SendAsync(request)).DataAsync();

        Assert.Equal(to, (string?)answer["status"]);
    }

    [Fact]
    public async Task Before_the_money_is_known_good_the_kitchen_may_not_act()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        var response = await OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "confirmed");

        await response.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_NOT_RELEASED");
    }

    [Theory]
    [InlineData("pending", "ready")]
    [InlineData("confirmed", "confirmed")]
    [InlineData("ready", "pending")]
    [InlineData("ready", "rejected")]
    public async Task A_step_out_of_order_is_refused(string from, string to)
    {
        var order = await system.OrderAtAsync(from);

        var response = await OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, to, reason: "Fermé");

        await response.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_TRANSITION_NOT_ALLOWED");
    }

    [Fact]
    public async Task A_customer_cannot_do_the_kitchens_work()
    {
        var order = await system.OrderAtAsync("pending");

        var response = await OrderingSystem.SetStatusAsync(system.Customer(order.CustomerId), order, "confirmed");

        await response.AssertRefusedAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_PERMISSIONS");
    }

    [Theory]
    [InlineData("delivering")]
    [InlineData("delivered")]
    public async Task A_driver_is_sent_to_the_delivery_routes(string word)
    {
        var order = await system.OrderAtAsync("picked_up");

        var response = await OrderingSystem.SetStatusAsync(system.Driver(order.DriverId), order, word);

        await response.AssertRefusedAsync(HttpStatusCode.Conflict, "USE_DELIVERY_ROUTE");
    }

    [Fact]
    public async Task A_refusal_needs_a_reason()
    {
        var order = await system.OrderAtAsync("pending");

        var without = await OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "rejected");
        var with = await OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "rejected", "Plus de plantain");

        await without.AssertRefusedAsync(HttpStatusCode.BadRequest, "REASON_REQUIRED");
        Assert.Equal("rejected", (string?)(await with.DataAsync())["status"]);
        Assert.Equal("Plus de plantain", Assert.Single(await system.AnnouncedAsync<OrderRejected>(order, @event => @event.OrderId)).Reason);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"status":"flying"}""")]
    [InlineData("""{"status":7}""")]
    [InlineData("""{"status":"confirmed","estimatedPreparationTime":0}""")]
    [InlineData("""{"status":"confirmed","estimatedPreparationTime":241}""")]
    [InlineData("""{"status":"confirmed","version":1}""")]
    [InlineData("""{"status":"rejected","reason":"\u0000"}""")]
    public async Task A_wrong_body_is_refused(string json)
    {
        var order = await system.OrderAtAsync("pending", released: null);

        var response = await system.Owner(order.OwnerId).PutAsJsonAsync($"/api/v1/orders/{order.Id}/status", JsonNode.Parse(json));

        await response.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Another_restaurants_order_is_not_there()
    {
        var order = await system.OrderAtAsync("pending");

        var response = await OrderingSystem.SetStatusAsync(system.Owner(Guid.NewGuid()), order, "confirmed");

        await response.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
    }
}
