using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EatFast.Ordering.Tests.Features;

public sealed class MobileOrderTests(OrderingSystem system)
{
    [Theory]
    [InlineData("""{"lat":4.06,"lng":9.71}""")]
    [InlineData("""{"latitude":4.06,"longitude":9.71}""")]
    public async Task An_order_as_the_mobile_client_writes_it_is_placed(string coordinates)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body["deliveryAddress"] = "Rue Joss 12, Douala";
        body["deliveryCoordinates"] = JsonNode.Parse(coordinates);
        body["usePoints"] = false;

        var placed = await (await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders", body)).DataAsync();

        Assert.Equal("Rue Joss 12, Douala", placed["deliveryAddress"]!["street"]!.GetValue<string>());
        Assert.Equal(4.06, placed["deliveryAddress"]!["coordinates"]!["latitude"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"lat":4.06}""")]
    [InlineData("""{"lat":91,"lng":9.71}""")]
    [InlineData("null")]
    public async Task One_line_needs_a_point_beside_it(string coordinates)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body["deliveryAddress"] = "Rue Joss 12, Douala";
        body["deliveryCoordinates"] = JsonNode.Parse(coordinates);

        using var answer = await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders", body);

        await answer.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Points_are_refused_in_words_and_not_ignored()
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body["usePoints"] = true;

        using var answer = await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders", body);

        await answer.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "POINTS_NEED_A_CODE");
    }

    [Fact]
    public async Task An_admin_may_say_whether_the_customer_is_told()
    {
        var order = await system.OrderAtAsync("confirmed");

        var answer = await system.Admin().PostAsJsonAsync($"/api/v1/admin/orders/{order.Id}/cancel", new { reason = "fraude", notifyCustomer = true });

        Assert.Equal("cancelled", (await answer.DataAsync())["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_wrong_with_a_field_is_said_in_the_callers_language()
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body["items"]![0]!["quantity"] = 0;
        body["paymentMethod"] = "barter";
        using var french = await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders", body);
        var reader = system.Customer(Guid.NewGuid());
        reader.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        using var english = await reader.PostAsJsonAsync("/api/v1/orders", body);

        var said = await french.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var told = await english.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("doit être compris entre 1 et 99", JsonNode.Parse(said)!["errors"]!.AsArray().Select(error => (string)error!["message"]!).First(
            message => message.Contains("Quantity", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("between 1 and 99", told, StringComparison.Ordinal);
    }
}
