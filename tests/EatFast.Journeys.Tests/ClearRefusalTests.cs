using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EatFast.Journeys;

/// <summary>The mistakes people really make in the main job, each answered with a code of its own.</summary>
public sealed class ClearRefusalTests(RunningSystem system)
{
    private const string Nobody = "0199aaaa-0000-7000-8000-000000000000";

    [Fact]
    public async Task A_price_sent_by_the_client_is_refused()
    {
        await using var journey = await Started();
        var body = await OrderBody(journey);
        body["items"]![0]!["price"] = 1;

        Assert.Equal((400, "VALIDATION_ERROR"), await Post(journey.Customer, "/api/v1/orders", body));
    }

    [Fact]
    public async Task An_item_of_another_restaurant_is_refused()
    {
        await using var journey = await Started();
        var restaurants = (await journey.Customer.GetAsync("/api/v1/restaurants?city=yaounde"))["restaurants"]!;
        var foreign = (await journey.Customer.GetAsync($"/api/v1/restaurants/{restaurants[0]!["id"]}/menu"))["menu"]![0]!;
        var body = await OrderBody(journey);
        body["items"]![0]!["itemId"] = (string)foreign["id"]!;

        Assert.Equal((422, "ITEM_NOT_FOUND"), await Post(journey.Customer, "/api/v1/orders", body));
    }

    [Fact]
    public async Task A_jumped_status_is_refused()
    {
        await using var journey = await Started();
        await journey.PlaceAsync("cash", quantity: 1);
        await journey.UntilOrder(order => (string?)order["paymentStatus"] == "authorized", "cash is approved");

        Assert.Equal((409, "ORDER_TRANSITION_NOT_ALLOWED"), await Put(journey.Owner, $"/api/v1/orders/{journey.OrderId}/status", new { status = "ready" }));
    }

    [Fact]
    public async Task A_foreign_order_is_not_there()
    {
        await using var journey = await Started();
        await journey.PlaceAsync("cash", quantity: 1);
        await using var stranger = await Person.RegisterAsync(system);

        Assert.Equal((404, "ORDER_NOT_FOUND"), await Get(stranger, $"/api/v1/orders/{journey.OrderId}"));
        Assert.Equal((404, "ORDER_NOT_FOUND"), await Get(stranger, $"/api/v1/orders/{journey.OrderId}/tracking"));
        Assert.Equal((404, "ORDER_NOT_FOUND"), await Post(stranger, $"/api/v1/orders/{journey.OrderId}/cancel", new { reason = "x" }));
        Assert.Equal((404, "ORDER_NOT_FOUND"), await Post(stranger, "/api/v1/payments/process", new { orderId = journey.OrderId, method = "campay", phone = "+237677777777" }));
    }

    [Fact]
    public async Task A_wrong_code_and_a_foreign_delivery_are_refused()
    {
        await using var journey = await Started();
        await journey.PlaceAsync("cash", quantity: 1);
        await journey.UntilOrder(order => (string?)order["paymentStatus"] == "authorized", "cash is approved");
        await journey.CookAsync();
        await journey.AcceptAsync();
        await using var other = await Person.SignInAsync(system, "driver2@eatfast.local");
        var path = $"/api/v1/drivers/me/deliveries/{journey.OrderId}/status";

        Assert.Equal((409, "WRONG_CODE"), await Put(journey.Driver, path, new { status = "picked_up", code = "wrong" }));
        Assert.Equal((404, "DELIVERY_NOT_FOUND"), await Put(other, path, new { status = "picked_up", code = "0000" }));
        Assert.Equal((404, "DELIVERY_NOT_FOUND"), await Put(journey.Driver, $"/api/v1/drivers/me/deliveries/{Nobody}/status", new { status = "picked_up", code = "0000" }));
        await journey.DeliverAsync();
    }

    [Fact]
    public async Task No_token_a_forged_token_and_the_wrong_role_are_told_apart()
    {
        await using var customer = await Person.RegisterAsync(system);
        using var http = new HttpClient { BaseAddress = system.Gateway };

        Assert.Equal((401, "MISSING_TOKEN"), await Read(await http.GetAsync("/api/v1/orders")));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)customer.Account["accessToken"]! + "x");
        Assert.Equal((401, "INVALID_TOKEN"), await Read(await http.GetAsync("/api/v1/orders")));
        Assert.Equal((403, "INSUFFICIENT_PERMISSIONS"), await Put(customer, "/api/v1/drivers/me/status", new { status = "online" }));
    }

    private async Task<Journey> Started()
    {
        var journey = new Journey(system);
        await journey.GatherAsync();
        return journey;
    }

    private static async Task<JsonObject> OrderBody(Journey journey)
    {
        var near = await journey.Customer.GetAsync("/api/v1/restaurants?city=douala&lat=4.0486&lng=9.6983&sort=distance");
        var restaurant = near["restaurants"]![0]!;
        var menu = await journey.Customer.GetAsync($"/api/v1/restaurants/{restaurant["id"]}/menu");
        var item = menu["menu"]!.AsArray().First(candidate => (bool)candidate!["isAvailable"]!)!;
        return new JsonObject
        {
            ["restaurantId"] = (string)restaurant["id"]!,
            ["items"] = new JsonArray(new JsonObject { ["itemId"] = (string)item["id"]!, ["quantity"] = 2 }),
            ["deliveryAddress"] = new JsonObject
            {
                ["street"] = "Rue Joss 12",
                ["city"] = "douala",
                ["coordinates"] = new JsonObject { ["latitude"] = 4.05, ["longitude"] = 9.70 }
            },
            ["paymentMethod"] = "campay"
        };
    }

    private static async Task<(int, string?)> Get(Person person, string path) => await Read(await person.Http.GetAsync(path));

    private static async Task<(int, string?)> Post(Person person, string path, object body) => await Read(await person.Http.PostAsJsonAsync(path, body));

    private static async Task<(int, string?)> Put(Person person, string path, object body) => await Read(await person.Http.PutAsJsonAsync(path, body));

    private static async Task<(int, string?)> Read(HttpResponseMessage response) =>
        ((int)response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error_code"]);
}
