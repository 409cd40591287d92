using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class PlaceOrderTests(OrderingSystem system)
{
    private const string Url = "/api/v1/orders";
    private readonly Guid _customer = Guid.NewGuid();

    private HttpClient Client => system.Customer(_customer);

    [Fact]
    public async Task A_basket_becomes_a_pending_order_at_the_prices_of_the_catalog()
    {
        var restaurant = system.Catalog.AddRestaurant(minimumOrderXaf: 3_000);

        var response = await Client.PostAsJsonAsync(Url, Bodies.Order(restaurant.Id));

        var order = await response.DataAsync();
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"{Url}/{order["id"]}", response.Headers.Location!.ToString());
        Assert.Equal("pending", (string?)order["status"]);
        Assert.Equal("pending", (string?)order["paymentStatus"]);
        Assert.Equal(3_000, (long)order["pricing"]!["subtotal"]!);
        Assert.Equal(1_000, (long)order["pricing"]!["deliveryFee"]!);
        Assert.Equal(4_000, (long)order["pricing"]!["total"]!);
        Assert.Equal("XAF", (string?)order["pricing"]!["currency"]);
        Assert.Equal("Portail bleu", (string?)order["deliveryAddress"]!["instructions"]);
        Assert.Equal("Chez Wou", (string?)order["restaurant"]!["name"]);
        Assert.Single(order["timeline"]!.AsArray());
    }

    [Fact]
    public async Task The_customer_gets_a_readable_number_and_the_drop_code_but_not_the_pickup_code()
    {
        var restaurant = system.Catalog.AddRestaurant();

        var order = await (await Client.PostAsJsonAsync(Url, Bodies.Order(restaurant.Id))).DataAsync();

        Assert.Matches("^EF-[0-9]{6}-[0-9A-HJKMNP-TV-Z]{4}$", (string?)order["orderNumber"]);
        Assert.Matches("^[0-9]{4}$", (string?)order["dropCode"]);
        Assert.Null(order["pickupCode"]);
    }

    [Fact]
    public async Task An_order_announces_itself_with_the_amount_to_collect_and_without_the_address()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        var placed = Assert.Single(await system.AnnouncedAsync<OrderPlaced>(order, @event => @event.OrderId));

        Assert.Equal((4_000, "campay", 1), (placed.TotalXaf, placed.PaymentMethod, placed.Version));
        Assert.Equal((order.CustomerId, order.OwnerId), (placed.CustomerId, placed.RestaurantOwnerId));
    }

    [Fact]
    public async Task The_route_of_a_restaurant_needs_no_restaurant_in_the_body()
    {
        var restaurant = system.Catalog.AddRestaurant();

        var response = await Client.PostAsJsonAsync($"/api/v1/restaurants/{restaurant.Id}/orders", Bodies.Order(null));

        Assert.Equal(restaurant.Id, (Guid)(await response.DataAsync())["restaurant"]!["id"]!);
    }

    [Theory]
    [InlineData("menuId")]
    [InlineData("menuItemId")]
    [InlineData("dishId")]
    public async Task The_dish_may_have_the_names_that_older_clients_use(string name)
    {
        var (restaurant, dish) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var body = Bodies.Order(restaurant.Id);
        body["items"] = new JsonArray(new JsonObject { [name] = dish, ["quantity"] = 1 });

        var order = await (await Client.PostAsJsonAsync(Url, body)).DataAsync();

        Assert.Equal(dish, (Guid)order["items"]![0]!["itemId"]!);
    }

    [Theory]
    [InlineData("mobile_money", "campay")]
    [InlineData("orange", "campay")]
    [InlineData("cash_on_delivery", "cash")]
    public async Task Payment_methods_have_synonyms(string word, string stored)
    {
        var restaurant = system.Catalog.AddRestaurant();

        var order = await (await Client.PostAsJsonAsync(Url, Bodies.Order(restaurant.Id, method: word))).DataAsync();

        Assert.Equal(stored, (string?)order["paymentMethod"]);
    }

    [Fact]
    public async Task Choices_and_wishes_for_a_dish_are_kept()
    {
        var (body, option) = (Bodies.Order(system.Catalog.AddRestaurant().Id), Guid.NewGuid());
        body["items"]![0]!["customizations"] = new JsonArray(new JsonObject { ["optionId"] = option, ["valueId"] = Guid.NewGuid() });
        body["items"]![0]!["specialInstructions"] = "Sans oignons";
        var placed = await (await Client.PostAsJsonAsync(Url, body)).DataAsync();

        var item = (await (await Client.GetAsync($"{Url}/{placed["id"]}")).DataAsync())["items"]![0]!;

        Assert.Equal("Sans oignons", (string?)item["specialInstructions"]);
        Assert.Equal((option, "Fort"), ((Guid)item["customizations"]![0]!["optionId"]!, (string?)item["customizations"]![0]!["valueName"]));
    }

    [Theory]
    [InlineData("wallet", "wallet")]
    [InlineData("card", "stripe")]
    [InlineData("noupay", "noupay")]
    [InlineData("mtn_money", "campay")]
    public async Task Each_way_to_pay_has_its_word(string word, string method)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id, method: word);

        var order = await (await Client.PostAsJsonAsync(Url, body)).DataAsync();

        Assert.Equal((method, "pending"), ((string?)order["paymentMethod"], (string?)order["status"]));
    }

    [Fact]
    public async Task An_unknown_promo_code_is_refused()
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body["promoCode"] = "WELCOME20";

        var response = await Client.PostAsJsonAsync(Url, body);

        await response.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROMO_CODE_INVALID");
    }

    [Fact]
    public async Task A_basket_below_the_restaurants_minimum_is_refused_with_the_minimum()
    {
        var restaurant = system.Catalog.AddRestaurant(minimumOrderXaf: 3_001);

        var response = await Client.PostAsJsonAsync(Url, Bodies.Order(restaurant.Id));

        await response.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "MINIMUM_ORDER_NOT_REACHED");
        Assert.Equal(3_001, (long)(await response.Content.ReadFromJsonAsync<JsonNode>())!["details"]!["minimum"]!);
    }

    [Fact]
    public async Task Refusals_of_the_catalog_and_of_delivery_pass_through()
    {
        var restaurant = system.Catalog.AddRestaurant();
        var far = Bodies.Order(restaurant.Id);
        far["deliveryAddress"] = Bodies.Address(latitude: ScriptedDelivery.CoveredUpTo + 1);

        var soldOut = await Client.PostAsJsonAsync(Url, Bodies.Order(restaurant.Id, ScriptedCatalog.SoldOut));
        var unknown = await Client.PostAsJsonAsync(Url, Bodies.Order(Guid.NewGuid()));
        var uncovered = await Client.PostAsJsonAsync(Url, far);

        await soldOut.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "ITEM_UNAVAILABLE");
        await unknown.AssertRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
        await uncovered.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "DELIVERY_AREA_NOT_COVERED");
    }

    [Fact]
    public async Task While_the_catalog_is_down_the_answer_is_503_with_retry_after()
    {
        var response = await Client.PostAsJsonAsync(Url, Bodies.Order(system.Catalog.AddRestaurant(isDown: true).Id));

        await response.AssertRefusedAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData(Roles.RestaurantOwner)]
    [InlineData(Roles.DeliveryAgent)]
    [InlineData(Roles.Admin)]
    public async Task Only_customers_order(string role)
    {
        var client = system.ClientOf("ordering", Guid.NewGuid(), role);

        var response = await client.PostAsJsonAsync(Url, Bodies.Order(system.Catalog.AddRestaurant().Id));

        await response.AssertRefusedAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_PERMISSIONS");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_ordered()
    {
        var response = await system.ClientOf("ordering").PostAsJsonAsync(Url, Bodies.Order(Guid.NewGuid()));

        await response.AssertRefusedAsync(HttpStatusCode.Unauthorized, "MISSING_TOKEN");
        Assert.False(await system.Ordering.WithDbAsync(db => db.Orders.AnyAsync(order => order.CustomerId == _customer)));
    }
}
