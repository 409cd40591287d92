using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class RateOrderTests(OrderingSystem system)
{
    private const string Five = """{"rating":5,"foodRating":4,"deliveryRating":5,"comment":"Très bon"}""";

    [Theory]
    [InlineData("rating", Five)]
    [InlineData("rate", """{"restaurantRating":5,"driverRating":5}""")]
    [InlineData("rate", """{"restaurantRating":5,"photos":["https://example.cm/a.jpg"]}""")]
    public async Task A_rating_closes_the_order(string route, string json)
    {
        var order = await system.OrderAtAsync("delivered");

        var answer = await (await RateAsync(order, json, route)).DataAsync();

        Assert.Equal(("completed", 5), ((string?)answer["status"], (int)answer["rating"]!));
        Assert.Equal(json.Contains("photos", StringComparison.Ordinal) ? 1 : 0, answer["photos"]!.AsArray().Count);
        Assert.Single(await system.AnnouncedAsync<OrderCompleted>(order, @event => @event.OrderId));
    }

    [Fact]
    public async Task An_order_is_rated_once()
    {
        var order = await system.OrderAtAsync("delivered");
        await RateAsync(order, Five);

        var again = await RateAsync(order, Five);

        await again.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_ALREADY_RATED");
    }

    [Fact]
    public async Task Before_the_delivery_there_is_nothing_to_rate()
    {
        var response = await RateAsync(await system.OrderAtAsync("ready"), Five);

        await response.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_NOT_DELIVERED");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"rating":0}""")]
    [InlineData("""{"rating":6}""")]
    [InlineData("""{"rating":4.5}""")]
    [InlineData("""{"rating":5,"comment":"\u0000"}""")]
    [InlineData("""{"rating":5,"points":9}""")]
    [InlineData("""{"rating":5,"photos":[null]}""")]
    [InlineData("""{"rating":5,"photos":["javascript:alert(1)"]}""")]
    public async Task A_wrong_rating_is_refused(string json)
    {
        var response = await RateAsync(await system.OrderAtAsync("pending", released: null), json);

        await response.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Only_its_customer_rates_an_order()
    {
        var order = await system.OrderAtAsync("delivered");
        var body = JsonNode.Parse(Five);

        var owner = await system.Owner(order.OwnerId).PostAsJsonAsync($"/api/v1/orders/{order.Id}/rating", body);
        var stranger = await system.Customer(Guid.NewGuid()).PostAsJsonAsync($"/api/v1/orders/{order.Id}/rating", body);

        await owner.AssertRefusedAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_PERMISSIONS");
        await stranger.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
    }

    private Task<HttpResponseMessage> RateAsync(TestOrder order, string json, string route = "rating") =>
        system.Customer(order.CustomerId).PostAsJsonAsync($"/api/v1/orders/{order.Id}/{route}", JsonNode.Parse(json));
}
