using System.Net;
using System.Net.Http.Json;
using System.Text;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Features;

public sealed class BadInputTests(OrderingSystem system)
{
    [Theory]
    [InlineData("/restaurant/analytics/dashboard?date=9999-12-31")]
    [InlineData("/restaurant/analytics/dashboard?date=0001-01-01")]
    [InlineData("/restaurant/reports/financial?from=0001-01-01&to=0001-01-01")]
    [InlineData("/restaurant/reports/financial?to=9999-12-31")]
    [InlineData("/restaurant/reports/financial?endDate=0001-01-01")]
    [InlineData("/admin/analytics/events?to=9999-12-31")]
    [InlineData("/admin/analytics/events?from=0001-01-01")]
    public async Task Days_that_nobody_can_reckon_with_are_refused(string path)
    {
        using var answer = await system.Admin().GetAsync(new Uri($"/api/v1{path}", UriKind.Relative));

        await answer.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"a":["\ud800"]}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":{"b":1e999999}}""")]
    [InlineData("""{"a":1e-999999}""")]
    [InlineData("""{"a":-1e400}""")]
    public async Task What_cannot_be_stored_of_an_event_is_refused(string properties)
    {
        using var content = new StringContent($$"""{"events":[{"name":"seen","properties":{{properties}}}]}""", Encoding.UTF8, "application/json");

        using var answer = await system.ClientOf("ordering").PostAsync(new Uri("/api/v1/analytics/track", UriKind.Relative), content);

        await answer.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("\"\\u0000\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[{\"optionId\":\"\\ud800\"}]")]
    public async Task What_cannot_be_stored_of_a_guests_wishes_is_refused(string customizations)
    {
        var (session, _) = system.Identity.StartSession();
        var item = Guid.NewGuid();
        var body = $$"""{"restaurantId":"{{system.Catalog.AddRestaurant().Id}}","menuId":"{{item}}","quantity":1,"customizations":{{customizations}}}""";

        using var answer = await GuestOf(session).PostAsync(
            new Uri("/api/v1/guest/cart/add", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

        await answer.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_note_is_never_cut_through_a_character()
    {
        var (session, _) = system.Identity.StartSession();
        var note = new string('a', 299) + "🌶";

        using var answer = await GuestOf(session).PostAsJsonAsync("/api/v1/guest/cart/add",
            new { restaurantId = system.Catalog.AddRestaurant().Id, menuId = Guid.NewGuid(), quantity = 1, customizations = note });

        Assert.Equal(note[..299], (await answer.DataAsync())["cart"]!["items"]![0]!["specialInstructions"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_guests_cart_is_full_after_fifty_lines()
    {
        var (session, guest) = system.Identity.StartSession();
        var restaurant = system.Catalog.AddRestaurant().Id;
        var now = system.Clock.GetUtcNow();
        await system.Ordering.WithDbAsync(db =>
        {
            var cart = new Cart { OwnerId = guest };
            cart.Fill(restaurant, Enumerable.Range(0, 50).Select(_ => new CartLine(Guid.NewGuid(), Guid.NewGuid(), "Ndolé", 1, 1_500, [], null)), now);
            db.Add(cart);
            return db.SaveChangesAsync();
        });

        using var answer = await GuestOf(session).PostAsJsonAsync("/api/v1/guest/cart/add", new { restaurantId = restaurant, menuId = Guid.NewGuid() });

        await answer.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "CART_FULL");
    }

    [Fact]
    public async Task A_promotions_limit_cannot_fall_below_what_was_used()
    {
        var (admin, now) = (system.Admin(), system.Clock.GetUtcNow());
        var code = $"L{Guid.NewGuid():N}"[..20];
        var made = await (await admin.PostAsJsonAsync("/api/v1/admin/promotions", Bodies.Promotion(code, now))).DataAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
            body["promoCode"] = code;
            (await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders", body)).EnsureSuccessStatusCode();
        }
        var path = $"/api/v1/admin/promotions/{made["promotion"]!["id"]!.GetValue<Guid>()}";

        using var low = await admin.PutAsJsonAsync(path, Bodies.Promotion(code, now, usageLimit: 1));
        var exact = await (await admin.PutAsJsonAsync(path, Bodies.Promotion(code, now, usageLimit: 2))).DataAsync();

        await low.AssertRefusedAsync(HttpStatusCode.Conflict, "PROMOTION_LIMIT_TOO_LOW");
        Assert.Equal((2, 2, true), (exact["promotion"]!["usageLimit"]!.GetValue<int>(), exact["promotion"]!["usageCount"]!.GetValue<int>(),
            exact["promotion"]!["isActive"]!.GetValue<bool>()));
    }

    private HttpClient GuestOf(string session)
    {
        var client = system.ClientOf("ordering");
        client.DefaultRequestHeaders.Add("X-Guest-Session", session);
        return client;
    }
}
