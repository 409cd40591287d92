using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class ManageCartTests(OrderingSystem system)
{
    [Fact]
    public async Task A_cart_keeps_its_dishes_and_shows_todays_prices()
    {
        var (restaurant, customer, dish) = (system.Catalog.AddRestaurant(), Guid.NewGuid(), Guid.NewGuid());
        await AddAsync(customer, restaurant.Id, dish, 2);
        system.Catalog.Prices[restaurant.Id] = 2_000;

        var cart = await AddAsync(customer, restaurant.Id, dish, 1);

        Assert.Equal(3, Assert.Single(cart["items"]!.AsArray())!["quantity"]!.GetValue<int>());
        Assert.Equal(6_000, cart["subtotal"]!.GetValue<long>());
        Assert.Null(cart["problem"]);
        Assert.Equal(cart["id"]!.ToJsonString(), (await ReadAsync(customer))["id"]!.ToJsonString());
    }

    [Fact]
    public async Task A_cart_costs_what_its_quote_says_and_a_door_is_priced_or_refused()
    {
        var (restaurant, customer, dish) = (system.Catalog.AddRestaurant(), Guid.NewGuid(), Guid.NewGuid());
        await AddAsync(customer, restaurant.Id, dish, 2);
        var body = Bodies.Order(restaurant.Id, dish);
        body.Remove("paymentMethod");
        var quote = (await (await system.Customer(customer).PostAsJsonAsync("/api/v1/orders/quote", body)).DataAsync())["pricing"]!;

        var cart = await ReadAsync(customer, "?lat=4.06&lng=9.71");
        var far = await ReadAsync(customer, "?lat=7&lng=9.71");

        foreach (var part in new[] { "subtotal", "deliveryFee", "serviceFee", "tax", "total" })
            Assert.Equal(quote[part]!.GetValue<long>(), cart[part]!.GetValue<long>());
        Assert.Equal(1_000, (await ReadAsync(customer))["deliveryFee"]!.GetValue<long>());
        Assert.Equal("DELIVERY_AREA_NOT_COVERED", far["problem"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_cart_holds_one_restaurant_at_a_time()
    {
        var (first, second, customer) = (system.Catalog.AddRestaurant(), system.Catalog.AddRestaurant(), Guid.NewGuid());
        await AddAsync(customer, first.Id, Guid.NewGuid(), 1);

        using var mixed = await PostAsync(customer, second.Id, Guid.NewGuid(), 1);
        using var replaced = await PostAsync(customer, second.Id, Guid.NewGuid(), 1, replace: true);

        await mixed.AssertRefusedAsync(HttpStatusCode.Conflict, "CART_OF_ANOTHER_RESTAURANT");
        var cart = (await replaced.DataAsync())["cart"]!;
        Assert.Equal(second.Id, cart["restaurantId"]!.GetValue<Guid>());
        Assert.Single(cart["items"]!.AsArray());
    }

    [Fact]
    public async Task Zero_takes_a_dish_out_and_nobody_touches_anothers_cart()
    {
        var (restaurant, customer) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var line = (await AddAsync(customer, restaurant.Id, Guid.NewGuid(), 1))["items"]![0]!["id"]!.GetValue<Guid>();
        var path = $"/api/v1/cart/items/{line}";

        using var foreign = await system.Customer(Guid.NewGuid()).PutAsJsonAsync(path, new { quantity = 5 });
        using var senseless = await system.Customer(customer).PutAsJsonAsync(path, new { quantity = 100 });
        using var removed = await system.Customer(customer).PutAsJsonAsync(path, new { quantity = 0 });

        await foreign.AssertRefusedAsync(HttpStatusCode.NotFound, "CART_LINE_NOT_FOUND");
        await senseless.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Empty((await removed.DataAsync())["cart"]!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_paid_order_empties_its_cart_unless_it_was_filled_again()
    {
        var order = await system.OrderAtAsync("pending", released: null);
        await AddAsync(order.CustomerId, order.RestaurantId, Guid.NewGuid(), 1);
        await system.Ordering.DeliverAsync(Released(order), times: 2);
        Assert.Single((await ReadAsync(order.CustomerId))["items"]!.AsArray());

        var later = await (await system.Customer(order.CustomerId).PostAsJsonAsync("/api/v1/orders", Bodies.Order(order.RestaurantId))).DataAsync();
        await system.Ordering.DeliverAsync(Released(order with { Id = later["orderId"]!.GetValue<Guid>() }), times: 2);

        Assert.Empty((await ReadAsync(order.CustomerId))["items"]!.AsArray());
    }

    [Fact]
    public async Task Ordering_again_fills_the_cart_and_says_what_is_gone()
    {
        var order = await system.OrderAtAsync("delivered");
        var customer = system.Customer(order.CustomerId);

        var again = await (await customer.PostAsync(Reorder(order.Id), null)).DataAsync();
        using var foreign = await system.Customer(Guid.NewGuid()).PostAsync(Reorder(order.Id), null);

        Assert.Equal(3_000, again["cart"]!["subtotal"]!.GetValue<long>());
        Assert.Null(again["cart"]!["problem"]);
        await foreign.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
        system.Catalog.Close(order.RestaurantId);
        Assert.Equal("RESTAURANT_NOT_FOUND", (await ReadAsync(order.CustomerId))["problem"]!["code"]!.GetValue<string>());
    }

    private static Uri Reorder(Guid orderId) => new($"/api/v1/orders/{orderId}/reorder", UriKind.Relative);

    private OrderReleased Released(TestOrder order) =>
        new(order.Id, "", order.CustomerId, order.RestaurantId, order.OwnerId, 1, 2, system.Clock.GetUtcNow());

    private async Task<JsonNode> AddAsync(Guid customer, Guid restaurant, Guid item, int quantity) =>
        (await (await PostAsync(customer, restaurant, item, quantity)).DataAsync())["cart"]!;

    private Task<HttpResponseMessage> PostAsync(Guid customer, Guid restaurantId, Guid itemId, int quantity, bool replace = false) =>
        system.Customer(customer).PostAsJsonAsync("/api/v1/cart/items", new { restaurantId, itemId, quantity, replace });

    private async Task<JsonNode> ReadAsync(Guid customer, string query = "") =>
        (await (await system.Customer(customer).GetAsync(new Uri($"/api/v1/cart{query}", UriKind.Relative))).DataAsync())["cart"]!;
}
