using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class PlaceOrderTwiceTests(OrderingSystem system)
{
    private readonly Guid _customer = Guid.NewGuid();

    [Fact]
    public async Task Twenty_parallel_orders_with_one_key_make_one_order_and_equal_answers()
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PlaceAsync("tap-tap", body)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_double_tap_without_a_key_gets_the_first_answer()
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id).ToJsonString();

        var first = await PlaceAsync(null, body);
        var second = await PlaceAsync(null, body);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_order_is_refused()
    {
        var restaurant = system.Catalog.AddRestaurant();
        await PlaceAsync("k", Bodies.Order(restaurant.Id, quantity: 1).ToJsonString());

        var other = await PlaceAsync("k", Bodies.Order(restaurant.Id, quantity: 2).ToJsonString());

        await other.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(1, await CountAsync());
    }

    private Task<HttpResponseMessage> PlaceAsync(string? key, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = JsonContent.Create(JsonNode.Parse(body)) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return system.Customer(_customer).SendAsync(request);
    }

    private Task<int> CountAsync() => system.Ordering.WithDbAsync(db => db.Orders.CountAsync(order => order.CustomerId == _customer));
}
