using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class PlaceOrderValidationTests(OrderingSystem system)
{
    private readonly Guid _customer = Guid.NewGuid();

    [Theory]
    [InlineData("restaurantId", null)]
    [InlineData("restaurantId", "\"not-an-id\"")]
    [InlineData("restaurantId", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("items", null)]
    [InlineData("items", "[]")]
    [InlineData("items", "[null]")]
    [InlineData("items", "[{\"quantity\":1}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\"}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":0}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":100}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":1.5}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":99999999999}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":\"2\"}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":1,\"price\":1}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":1,\"specialInstructions\":\"a\\u0000b\"}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":1,\"customizations\":[{\"optionId\":\"x\"}]}]")]
    [InlineData("items", "[{\"itemId\":\"01990000-0000-7000-8000-000000000001\",\"quantity\":1,\"customizations\":[null]}]")]
    [InlineData("deliveryAddress", null)]
    [InlineData("deliveryAddress", "\"12 rue de la Joie\"")]
    [InlineData("deliveryAddress", "{\"street\":\"a\",\"city\":\"douala\"}")]
    [InlineData("deliveryAddress", "{\"street\":\"a\",\"city\":\"douala\",\"coordinates\":{\"latitude\":4}}")]
    [InlineData("deliveryAddress", "{\"street\":\"a\",\"city\":\"douala\",\"coordinates\":{\"latitude\":91,\"longitude\":9}}")]
    [InlineData("deliveryAddress", "{\"street\":\"\\u0000\",\"city\":\"douala\",\"coordinates\":{\"latitude\":4,\"longitude\":9}}")]
    [InlineData("deliveryAddress", "{\"street\":\" \",\"city\":\"douala\",\"coordinates\":{\"latitude\":4,\"longitude\":9}}")]
    [InlineData("paymentMethod", null)]
    [InlineData("paymentMethod", "null")]
    [InlineData("paymentMethod", "\"barter\"")]
    [InlineData("total", "1")]
    [InlineData("deliveryFee", "0")]
    [InlineData("status", "\"delivered\"")]
    [InlineData("userId", "\"01990000-0000-7000-8000-000000000001\"")]
    public async Task A_wrong_body_is_refused_and_nothing_is_stored(string member, string? json)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        if (json is null)
            body.Remove(member);
        else
            body[member] = JsonNode.Parse(json);

        var response = await system.Customer(_customer).PostAsJsonAsync("/api/v1/orders", body);

        await response.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.False(await system.Ordering.WithDbAsync(db => db.Orders.AnyAsync(order => order.CustomerId == _customer)));
    }

    [Fact]
    public async Task A_missing_member_is_named_in_the_field_errors()
    {
        var response = await system.Customer(_customer).PostAsJsonAsync("/api/v1/orders", Bodies.Order(null));

        var fields = (await response.Content.ReadFromJsonAsync<JsonNode>())!["field_errors"]!.AsObject();
        Assert.Contains(fields, field => field.Key == "restaurantId");
    }

    [Fact]
    public async Task More_than_fifty_lines_are_refused()
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body["items"] = new JsonArray([.. Enumerable.Range(0, 51).Select(_ => new JsonObject { ["itemId"] = Guid.NewGuid(), ["quantity"] = 1 })]);

        var response = await system.Customer(_customer).PostAsJsonAsync("/api/v1/orders", body);

        await response.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"items\":[],\"items\":[]}")]
    public async Task What_is_not_an_order_at_all_is_refused(string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/json");

        var response = await system.Customer(_customer).PostAsync("/api/v1/orders", content);

        await response.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }
}
