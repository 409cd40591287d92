using System.Net;
using System.Net.Http.Json;

namespace EatFast.Ordering.Tests.Features;

public sealed class HoldStockLastTests(OrderingSystem system)
{
    [Theory]
    [InlineData("tip", "TIP_TOO_HIGH")]
    [InlineData("promoCode", "PROMO_CODE_INVALID")]
    [InlineData("deliveryAddress", "DELIVERY_AREA_NOT_COVERED")]
    [InlineData("minimum", "MINIMUM_ORDER_NOT_REACHED")]
    public async Task A_refused_order_holds_nothing(string wrong, string code)
    {
        var restaurant = system.Catalog.AddRestaurant(minimumOrderXaf: wrong == "minimum" ? 9_000 : 0);
        var body = Bodies.Order(restaurant.Id);
        if (wrong != "minimum")
            body[wrong] = wrong switch { "tip" => 400_000, "promoCode" => "NOBODYHASIT", _ => Bodies.Address(latitude: 7) };

        using var answer = await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders", body);

        await answer.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, code);
        Assert.False(system.Catalog.Held.ContainsKey(restaurant.Id));
    }

    [Fact]
    public async Task A_used_up_promotion_is_refused_before_anything_is_held()
    {
        var (first, second) = (system.Catalog.AddRestaurant(), system.Catalog.AddRestaurant());
        var code = $"H{Guid.NewGuid():N}"[..20];
        (await system.Admin().PostAsJsonAsync("/api/v1/admin/promotions", Bodies.Promotion(code, system.Clock.GetUtcNow(), usageLimit: 1)))
            .EnsureSuccessStatusCode();
        (await PlaceAsync(first.Id, code)).EnsureSuccessStatusCode();

        using var late = await PlaceAsync(second.Id, code);

        await late.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROMO_CODE_INVALID");
        Assert.False(system.Catalog.Held.ContainsKey(second.Id));
    }

    [Fact]
    public async Task An_accepted_order_holds_under_its_own_id_and_uncounted_dishes_are_not_held()
    {
        var (counted, uncounted) = (system.Catalog.AddRestaurant(), system.Catalog.AddRestaurant());
        system.Catalog.Uncounted[uncounted.Id] = true;

        var placed = await (await PlaceAsync(counted.Id, null)).DataAsync();
        (await PlaceAsync(uncounted.Id, null)).EnsureSuccessStatusCode();

        Assert.Equal([placed["orderId"]!.GetValue<string>()], system.Catalog.Held[counted.Id]);
        Assert.False(system.Catalog.Held.ContainsKey(uncounted.Id));
    }

    private Task<HttpResponseMessage> PlaceAsync(Guid restaurantId, string? code)
    {
        var body = Bodies.Order(restaurantId);
        if (code is not null)
            body["promoCode"] = code;
        return system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/orders", body);
    }
}
