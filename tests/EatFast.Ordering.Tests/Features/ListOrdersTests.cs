using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class ListOrdersTests(OrderingSystem system)
{
    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest()
    {
        var (customer, restaurant) = (Guid.NewGuid(), system.Catalog.AddRestaurant());
        for (var quantity = 1; quantity <= 3; quantity++)
            await system.Customer(customer).PostAsJsonAsync("/api/v1/orders", Bodies.Order(restaurant.Id, quantity: quantity));

        var page = await ListAsync(system.Customer(customer), "?page=2&limit=2");

        Assert.Equal(1, (int)Assert.Single(page["orders"]!.AsArray())!["items"]![0]!["quantity"]!);
        Assert.Equal("""{"total":3,"page":2,"limit":2,"totalPages":2,"hasNext":false,"hasPrevious":true}""", page["pagination"]!.ToJsonString());
    }

    [Fact]
    public async Task Everybody_sees_their_own_orders()
    {
        var order = await system.OrderAtAsync("picked_up");
        HttpClient[] insiders = [system.Customer(order.CustomerId), system.Owner(order.OwnerId), system.Driver(order.DriverId)];

        foreach (var insider in insiders)
            Assert.Equal([order.Id], await IdsAsync(insider, ""));
        Assert.Empty(await IdsAsync(system.Customer(Guid.NewGuid()), ""));
        Assert.Contains(order.Id, await IdsAsync(system.Admin(), "?limit=100&status=picked_up"));
    }

    [Fact]
    public async Task A_restaurant_does_not_see_what_is_not_paid()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        Assert.Empty(await IdsAsync(system.Owner(order.OwnerId), ""));
        Assert.Equal([order.Id], await IdsAsync(system.Customer(order.CustomerId), ""));
    }

    [Theory]
    [InlineData("?status=pending,confirmed", true)]
    [InlineData("?status=delivered&status=confirmed", true)]
    [InlineData("?status=delivered", false)]
    [InlineData("?fromDate=2024-01-01", true)]
    [InlineData("?fromDate=2199-01-01T00:00:00Z", false)]
    [InlineData("?toDate=2024-01-01", false)]
    public async Task Filters_narrow_the_list(string query, bool found)
    {
        var order = await system.OrderAtAsync("confirmed");

        Assert.Equal(found, (await IdsAsync(system.Customer(order.CustomerId), query)).Contains(order.Id));
    }

    [Fact]
    public async Task A_day_is_a_day_in_Douala()
    {
        var order = await system.OrderAtAsync("confirmed");
        // Half past midnight there, and still the day before in UTC.
        var at = new DateTimeOffset(2025, 3, 14, 23, 30, 0, TimeSpan.Zero);
        await system.Ordering.WithDbAsync(db => db.Orders.Where(row => row.Id == order.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.CreatedAt, at)));

        Assert.Equal([order.Id], await IdsAsync(system.Customer(order.CustomerId), "?fromDate=2025-03-15&toDate=2025-03-15"));
        Assert.Empty(await IdsAsync(system.Customer(order.CustomerId), "?fromDate=2025-03-14&toDate=2025-03-14"));
        Assert.Equal([order.Id], await IdsAsync(system.Customer(order.CustomerId), "?toDate=2025-03-14T23:30:00Z"));
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?limit=101")]
    [InlineData("?limit=abc")]
    [InlineData("?page=99999999999")]
    [InlineData("?status=flying")]
    [InlineData("?fromDate=yesterday")]
    [InlineData("?toDate=9999-12-31")]
    public async Task A_wrong_query_is_refused(string query)
    {
        var response = await system.Customer(Guid.NewGuid()).GetAsync($"/api/v1/orders{query}");

        await response.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    private static async Task<JsonNode> ListAsync(HttpClient client, string query) =>
        await (await client.GetAsync($"/api/v1/orders{query}")).DataAsync();

    private static async Task<List<Guid>> IdsAsync(HttpClient client, string query) =>
        [.. (await ListAsync(client, query))["orders"]!.AsArray().Select(order => (Guid)order!["id"]!)];
}
