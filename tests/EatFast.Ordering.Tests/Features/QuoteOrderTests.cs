using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Ordering.Tests.Features;

public sealed class QuoteOrderTests(OrderingSystem system)
{
    [Fact]
    public async Task The_price_that_was_shown_is_charged_even_when_the_menu_changed()
    {
        var (restaurant, customer) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var order = Bodies.Order(restaurant.Id);
        var quote = await QuoteAsync(customer, order, tip: 500);
        system.Catalog.Prices[restaurant.Id] = 9_999;

        var placed = await (await PlaceAsync(customer, order, quote, tip: 500)).DataAsync();

        Assert.Equal(quote["pricing"]!.ToJsonString(), placed["pricing"]!.ToJsonString());
        Assert.Equal(4_500, placed["pricing"]!["total"]!.GetValue<long>());
        Assert.Equal(ScriptedCatalog.PriceXaf, placed["items"]![0]!["unitPrice"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_quote_for_another_basket_or_another_person_is_refused()
    {
        var (restaurant, customer) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var order = Bodies.Order(restaurant.Id);
        var quote = await QuoteAsync(customer, order);
        var more = order.DeepClone().AsObject();
        more["items"]![0]!["quantity"] = 3;

        using var stranger = await PlaceAsync(Guid.NewGuid(), order, quote);
        using var larger = await PlaceAsync(customer, more, quote);
        using var generous = await PlaceAsync(customer, order, quote, tip: 100);
        using var elsewhere = await PlaceAsync(customer, Bodies.Order(system.Catalog.AddRestaurant().Id), quote);

        foreach (var answer in new[] { stranger, larger, generous, elsewhere })
            await answer.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "QUOTE_INVALID");
    }

    [Fact]
    public async Task A_changed_token_is_refused_wherever_it_was_changed()
    {
        var (restaurant, customer) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var order = Bodies.Order(restaurant.Id);
        var token = (await QuoteAsync(customer, order))["quoteToken"]!.GetValue<string>();
        var places = new[] { 0, token.IndexOf('.', StringComparison.Ordinal) / 2, token.IndexOf('.', StringComparison.Ordinal) + 5 };
        var forged = places.Select(place => token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..]);

        foreach (var wrong in forged.Concat(["x", ".", "a.b.c", token + "AAAA", "é.é"]))
        {
            using var answer = await PlaceAsync(customer, order, new JsonObject { ["quoteToken"] = wrong });
            await answer.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "QUOTE_INVALID");
        }
    }

    [Fact]
    public async Task An_old_quote_has_expired()
    {
        var (restaurant, customer) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var order = Bodies.Order(restaurant.Id);
        var token = (await QuoteAsync(customer, order))["quoteToken"]!.GetValue<string>();
        var quote = JsonSerializer.Deserialize<Quote>(WebEncoders.Base64UrlDecode(token.Split('.')[0]))!;
        Assert.InRange(quote.ExpiresAt - system.Clock.GetUtcNow(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        var seal = system.Ordering.Services.GetRequiredService<QuoteSeal>();

        var old = new JsonObject { ["quoteToken"] = seal.Seal(quote with { ExpiresAt = system.Clock.GetUtcNow() }) };

        using var answer = await PlaceAsync(customer, order, old);
        await answer.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "QUOTE_EXPIRED");
    }

    [Theory]
    [InlineData(1_501, "TIP_TOO_HIGH")]
    [InlineData(-1, "VALIDATION_ERROR")]
    public async Task A_tip_is_at_most_half_of_the_dishes(long tip, string code)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body.Remove("paymentMethod");
        body["tip"] = tip;

        using var answer = await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders/quote", body);

        await answer.AssertRefusedAsync(code == "TIP_TOO_HIGH" ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_quote_needs_a_customer_and_a_covered_address()
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body.Remove("paymentMethod");
        var far = body.DeepClone();
        far["deliveryAddress"] = Bodies.Address(latitude: 7);

        using var owner = await system.Owner(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders/quote", body);
        using var uncovered = await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders/quote", far);

        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
        await uncovered.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "DELIVERY_AREA_NOT_COVERED");
    }

    private async Task<JsonNode> QuoteAsync(Guid customer, JsonObject order, long tip = 0)
    {
        var body = order.DeepClone().AsObject();
        body.Remove("paymentMethod");
        body["tip"] = tip;
        return await (await system.Customer(customer).PostAsJsonAsync("/api/v1/orders/quote", body)).DataAsync();
    }

    private Task<HttpResponseMessage> PlaceAsync(Guid customer, JsonObject order, JsonNode quote, long tip = 0)
    {
        var body = order.DeepClone().AsObject();
        body["tip"] = tip;
        body["quoteToken"] = quote["quoteToken"]!.DeepClone();
        return system.Customer(customer).PostAsJsonAsync("/api/v1/orders", body);
    }
}
