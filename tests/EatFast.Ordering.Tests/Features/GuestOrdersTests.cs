using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class GuestOrdersTests(OrderingSystem system)
{
    [Fact]
    public async Task A_guest_fills_a_cart_orders_and_follows_the_order()
    {
        var (session, guest) = system.Identity.StartSession();
        var (restaurant, dish) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var client = ClientOf(session);
        await (await client.PostAsJsonAsync("/api/v1/guest/cart/add", new { restaurantId = restaurant.Id, menuId = dish, quantity = 1 })).DataAsync();
        var cart = (await (await client.PutAsJsonAsync("/api/v1/guest/cart", new { itemId = dish, quantity = 2 })).DataAsync())["cart"]!;
        Assert.Equal(3_000, cart["subtotal"]!.GetValue<long>());

        using var answer = await client.PostAsJsonAsync("/api/v1/guest/orders", Body(restaurant.Id, dish));
        var placed = await answer.DataAsync();
        Assert.Contains("\"totalAmount\":4000.0", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var orders = (await GetAsync(client, "/api/v1/guest/orders"))["orders"]!.AsArray();
        var tracking = await GetAsync(client, placed["trackingUrl"]!.GetValue<string>());
        Assert.Equal(placed["orderId"]!.GetValue<Guid>(), Assert.Single(orders)!["orderId"]!.GetValue<Guid>());
        Assert.Equal(("pending", "Chez Wou"), (tracking["status"]!.GetValue<string>(), tracking["restaurantName"]!.GetValue<string>()));
        Assert.Equal(dish, tracking["items"]![0]!["menuId"]!.GetValue<Guid>());
        Assert.Equal(guest, (await system.LoadAsync(placed["orderId"]!.GetValue<Guid>())).CustomerId);
    }

    [Fact]
    public async Task Another_session_sees_nothing_and_an_old_one_has_expired()
    {
        var (session, _) = system.Identity.StartSession();
        var placed = await (await ClientOf(session).PostAsJsonAsync("/api/v1/guest/orders", Body(system.Catalog.AddRestaurant().Id))).DataAsync();
        var tracking = new Uri(placed["trackingUrl"]!.GetValue<string>(), UriKind.Relative);

        using var other = await ClientOf(system.Identity.StartSession().Session).GetAsync(tracking);
        using var expired = await ClientOf("gone").GetAsync(tracking);
        using var none = await system.ClientOf("ordering").GetAsync(tracking);

        await other.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
        await expired.AssertRefusedAsync(HttpStatusCode.Unauthorized, "GUEST_SESSION_EXPIRED");
        await none.AssertRefusedAsync(HttpStatusCode.Unauthorized, "GUEST_SESSION_EXPIRED");
    }

    [Fact]
    public async Task Guests_say_who_they_are()
    {
        var (session, _) = system.Identity.StartSession();
        var restaurant = system.Catalog.AddRestaurant().Id;
        var (nobody, number) = (Body(restaurant), Body(restaurant));
        nobody.Remove("guestName");
        number["guestPhone"] = "12345";

        using var unnamed = await ClientOf(session).PostAsJsonAsync("/api/v1/guest/orders", nobody);
        using var unreachable = await ClientOf(session).PostAsJsonAsync("/api/v1/guest/orders", number);

        await unnamed.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await unreachable.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Names_and_numbers_rest_sealed_and_a_double_tap_is_one_order()
    {
        var (session, guest) = system.Identity.StartSession();
        var body = Body(system.Catalog.AddRestaurant().Id);
        body["sessionId"] = session;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => system.ClientOf("ordering").PostAsJsonAsync("/api/v1/guest/orders", body)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var stored = Assert.Single(await system.Ordering.WithDbAsync(db => db.Orders.AsNoTracking().Where(order => order.CustomerId == guest).ToListAsync()));
        Assert.DoesNotContain("Ama", stored.SealedGuest!, StringComparison.Ordinal);
        Assert.DoesNotContain("677", stored.SealedGuest!.Split('|')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_is_quoted_and_charged_that_price_and_nobody_else_is()
    {
        var ((session, _), restaurant) = (system.Identity.StartSession(), system.Catalog.AddRestaurant());
        var wanted = Body(restaurant.Id);
        var basket = new JsonObject();
        foreach (var member in new[] { "restaurantId", "deliveryAddress", "deliveryCoordinates" })
            basket[member] = wanted[member]!.DeepClone();
        wanted["items"]![0]!.AsObject().Remove("customizations");
        basket["items"] = wanted["items"]!.DeepClone();

        var quote = await (await ClientOf(session).PostAsJsonAsync("/api/v1/guest/orders/quote", basket)).DataAsync();
        system.Catalog.Prices[restaurant.Id] = 9_999;
        wanted["quoteToken"] = quote["quoteToken"]!.DeepClone();
        using var stranger = await ClientOf(system.Identity.StartSession().Session).PostAsJsonAsync("/api/v1/guest/orders", wanted);
        var placed = await (await ClientOf(session).PostAsJsonAsync("/api/v1/guest/orders", wanted)).DataAsync();
        using var nobody = await ClientOf("gone").PostAsJsonAsync("/api/v1/guest/orders/quote", basket);

        await stranger.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "QUOTE_INVALID");
        await nobody.AssertRefusedAsync(HttpStatusCode.Unauthorized, "GUEST_SESSION_EXPIRED");
        Assert.Equal(quote["pricing"]!.ToJsonString(), placed["pricing"]!.ToJsonString());
        Assert.Equal(4_000, placed["pricing"]!["total"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_guest_cancels_an_order_of_the_session_once_and_no_other()
    {
        var (session, _) = system.Identity.StartSession();
        var placed = await (await ClientOf(session).PostAsJsonAsync("/api/v1/guest/orders", Body(system.Catalog.AddRestaurant().Id))).DataAsync();
        var path = $"/api/v1/guest/orders/{placed["orderId"]}/cancel";

        using var foreign = await ClientOf(system.Identity.StartSession().Session).PostAsJsonAsync(path, new { });
        var cancelled = await (await ClientOf(session).PostAsJsonAsync(path, new { reason = "Trop long" })).DataAsync();
        using var again = await ClientOf(session).PostAsJsonAsync(path, new { });

        await foreign.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
        Assert.Equal("cancelled", cancelled["status"]!.GetValue<string>());
        await again.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_ALREADY_CANCELLED");
    }

    private HttpClient ClientOf(string session)
    {
        var client = system.ClientOf("ordering");
        client.DefaultRequestHeaders.Add("X-Guest-Session", session);
        return client;
    }

    private static JsonObject Body(Guid restaurantId, Guid? dish = null) => new()
    {
        ["restaurantId"] = restaurantId,
        ["items"] = new JsonArray(new JsonObject { ["menuId"] = dish ?? Guid.NewGuid(), ["quantity"] = 2, ["customizations"] = "Sans oignons" }),
        ["deliveryAddress"] = "Rue Joss, Douala",
        ["deliveryCoordinates"] = new JsonObject { ["lat"] = 4.06, ["lng"] = 9.71 },
        ["guestName"] = "Ama Ngo",
        ["guestPhone"] = "+237 677 00 00 01",
        ["paymentMethod"] = "mtn_money"
    };

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) =>
        await (await client.GetAsync(new Uri(path, UriKind.Relative))).DataAsync();
}
