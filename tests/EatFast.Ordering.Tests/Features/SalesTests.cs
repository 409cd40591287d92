using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Catalog.Contracts;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Ordering.Tests.Features;

public sealed class SalesTests(OrderingSystem system)
{
    [Fact]
    public async Task A_dashboard_counts_released_orders_and_only_delivered_ones_are_revenue()
    {
        var delivered = await system.OrderAtAsync(OrderStatus.Delivered);
        var day = Sales.DayOf(system.Clock.GetUtcNow());

        var shown = await GetAsync(system.Owner(delivered.OwnerId), $"/restaurant/analytics/dashboard?date={day:yyyy-MM-dd}");

        Assert.Equal(1, shown["completedToday"]!.GetValue<int>());
        Assert.Equal(4_000, shown["todayRevenue"]!.GetValue<long>());
        Assert.Equal(2, shown["popular_items"]![0]!["quantity"]!.GetValue<int>());
        Assert.Equal(shown["hourlyStats"]!.ToJsonString(), shown["hourly_stats"]!.ToJsonString());
        Assert.Equal((2, 100.0), (shown["performance"]![0]!["quantity"]!.GetValue<int>(), shown["performance"]![0]!["share"]!.GetValue<double>()));
        Assert.Equal(1, shown["weeklyStats"]!.AsArray().Sum(bucket => bucket!["orders"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Unpaid_and_cooking_orders_are_no_revenue()
    {
        var cooking = await system.OrderAtAsync(OrderStatus.Preparing);
        var unpaid = await system.OrderAtAsync(OrderStatus.Pending, released: null);

        var busy = await GetAsync(system.Owner(cooking.OwnerId), "/restaurant/analytics/dashboard");
        var idle = await GetAsync(system.Owner(unpaid.OwnerId), "/restaurant/analytics/dashboard");

        Assert.Equal((1, 0), (busy["activeOrders"]!.GetValue<int>(), busy["todayRevenue"]!.GetValue<long>()));
        Assert.Equal(0, idle["totalOrders"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_report_is_for_its_owner_and_the_admins_sum_of_everything()
    {
        var order = await system.OrderAtAsync(OrderStatus.Delivered);

        var own = await GetAsync(system.Owner(order.OwnerId), "/restaurant/reports/financial");
        var stranger = await GetAsync(system.Owner(Guid.NewGuid()), "/restaurant/reports/financial");
        var platform = await GetAsync(system.Admin(), $"/admin/reports/financial?restaurantId={order.RestaurantId}");
        using var owner = await system.Owner(order.OwnerId).GetAsync(PathOf("/admin/reports/financial"));
        using var backwards = await system.Admin().GetAsync(PathOf("/admin/reports/financial?from=2026-02-01&to=2026-01-01"));

        Assert.Equal(4_000, own["summary"]!["totalRevenue"]!.GetValue<long>());
        Assert.Equal((450, 450), (own["commission"]!.GetValue<long>(), platform["topRestaurants"]![0]!["commission"]!.GetValue<long>()));
        Assert.Equal(0, stranger["summary"]!["totalRevenue"]!.GetValue<long>());
        Assert.Equal(order.RestaurantId, platform["topRestaurants"]![0]!["restaurantId"]!.GetValue<Guid>());
        Assert.Equal("campay", own["byMethod"]![0]!["method"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
        await backwards.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Admins_see_the_platform_and_customers_themselves()
    {
        var order = await system.OrderAtAsync(OrderStatus.Delivered);

        var dashboard = await GetAsync(system.Admin(), "/admin/dashboard?timeframe=week");
        var analytics = await GetAsync(system.Admin(), "/admin/analytics");
        var own = await GetAsync(system.Customer(order.CustomerId), "/users/analytics");
        using var unknown = await system.Admin().GetAsync(PathOf("/admin/dashboard?timeframe=century"));
        using var customer = await system.Customer(order.CustomerId).GetAsync(PathOf("/admin/dashboard"));

        Assert.True(dashboard["totalOrders"]!.GetValue<int>() >= 1 && dashboard["totalRevenue"]!.GetValue<long>() >= 4_000);
        Assert.True(dashboard["orders"]!["totalRevenue"]!.GetValue<long>() >= 4_000);
        Assert.True(analytics["summary"]!["completedOrders"]!.GetValue<int>() >= 1);
        Assert.Equal((1, 4_000), (own["completedOrders"]!.GetValue<int>(), own["totalSpent"]!.GetValue<long>()));
        await unknown.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
    }

    [Fact]
    public async Task A_list_goes_on_behind_its_cursor_whatever_was_placed_meanwhile()
    {
        var orders = new List<TestOrder>();
        var customer = (await system.OrderAtAsync(OrderStatus.Pending)).CustomerId;
        for (var count = 0; count < 4; count++)
            orders.Add(await PlaceAsync(customer));
        var first = await GetAsync(system.Customer(customer), "/orders?limit=2");
        await PlaceAsync(customer);

        var second = await GetAsync(system.Customer(customer), $"/orders?limit=2&cursor={first["nextCursor"]!.GetValue<string>()}");
        using var wrong = await system.Customer(customer).GetAsync(PathOf("/orders?cursor=abc"));

        Assert.Equal([orders[3].Id, orders[2].Id], IdsOf(first));
        Assert.Equal([orders[1].Id, orders[0].Id], IdsOf(second));
        await wrong.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Admins_see_how_many_people_and_restaurants_there_are_and_how_many_are_new()
    {
        var (before, now) = (await CountedAsync(), system.Clock.GetUtcNow());
        await system.Ordering.DeliverAsync(new UserRegistered(Guid.NewGuid(), "customer", "fr", now), times: 2);
        await system.Ordering.DeliverAsync(new RestaurantChanged(Guid.NewGuid(), Guid.NewGuid(), "Chez", "douala", "pending", 15, false, 20, 1, now), times: 2);
        await system.Ordering.DeliverAsync(new UserRegistered(Guid.NewGuid(), "customer", "fr", now.AddDays(-40)));

        var after = await CountedAsync();

        // Other tests tell of people too.
        Assert.True(after.Users >= before.Users + 2 && after.Restaurants > before.Restaurants);
        Assert.True(after.NewUsers > before.NewUsers && after.NewRestaurants > before.NewRestaurants && after.NewUsers < after.Users);
    }

    private async Task<(int Users, int Restaurants, int NewUsers, int NewRestaurants)> CountedAsync()
    {
        await using (var scope = system.Ordering.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<EatFast.Ordering.Features.RollUpAnalytics>().RunAsync(CancellationToken.None);
        var shown = await GetAsync(system.Admin(), "/admin/dashboard");
        return (Number("totalUsers"), Number("totalRestaurants"), Number("newUsersThisMonth"), Number("newRestaurantsThisMonth"));

        int Number(string member) => shown[member]!.GetValue<int>();
    }

    private async Task<TestOrder> PlaceAsync(Guid customer)
    {
        var restaurant = system.Catalog.AddRestaurant();
        var placed = await (await system.Customer(customer).PostAsJsonAsync("/api/v1/orders", Bodies.Order(restaurant.Id))).DataAsync();
        return new(placed["orderId"]!.GetValue<Guid>(), customer, restaurant.Id, restaurant.OwnerId, Guid.NewGuid());
    }

    private static IEnumerable<Guid> IdsOf(JsonNode list) => list["orders"]!.AsArray().Select(order => order!["orderId"]!.GetValue<Guid>());

    private static Uri PathOf(string path) => new($"/api/v1{path}", UriKind.Relative);

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) => await (await client.GetAsync(PathOf(path))).DataAsync();
}
