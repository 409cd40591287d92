using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EatFast.Payments.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

/// <summary>What a tier promises comes off what is charged: two dishes of 1 500 and a fee of 1 000.</summary>
public sealed class TierBenefitsTests(OrderingSystem system)
{
    private readonly Guid _customer = Guid.NewGuid();
    private readonly string _code = $"T{Guid.NewGuid():N}".ToUpperInvariant();

    [Theory]
    [InlineData("bronze", 0, false, 0)]
    [InlineData("silver", 5, false, 150)]
    [InlineData("gold", 10, true, 1_300)]
    public async Task The_cart_the_quote_and_the_order_take_off_what_the_tier_gives(string tier, int percent, bool isFree, long off)
    {
        await TellAsync(tier, percent, isFree);
        var order = Bodies.Order(system.Catalog.AddRestaurant().Id);
        var line = new { restaurantId = order["restaurantId"], itemId = order["items"]![0]!["itemId"], quantity = 2 };

        var cart = (await (await system.Customer(_customer).PostAsJsonAsync("/api/v1/cart/items", line)).DataAsync())["cart"]!;
        var quote = await QuoteAsync(order);
        var placed = await PlaceAsync(order);

        Assert.Equal((off, off, 4_000 - off), BillOf(quote));
        Assert.Equal((off, off, 4_000 - off), BillOf(placed));
        Assert.Equal((off, 4_000 - off), (cart["discount"]!.GetValue<long>(), cart["total"]!.GetValue<long>()));
        var stored = (await system.LoadAsync(placed["orderId"]!.GetValue<Guid>())).Pricing;
        Assert.Equal((off, off, 0), (stored.LoyaltyXaf, stored.DiscountXaf, stored.PromotionXaf));
    }

    [Theory]
    [InlineData("percentage", 20, 600, 1_300)]
    [InlineData("free_delivery", 0, 1_000, 300)]
    [InlineData("fixed", 3_000, 3_000, 1_000)]
    public async Task A_code_and_a_tier_add_up_and_the_codes_use_is_the_codes_part(string type, long value, long byCode, long byTier)
    {
        await TellAsync("gold", 10, isFree: true);
        await MakeCodeAsync(type, value);
        var order = Bodies.Order(system.Catalog.AddRestaurant().Id);
        (order["promoCode"], order["tip"]) = (_code, 200);

        var placed = await PlaceAsync(order);

        Assert.Equal((byCode + byTier, byTier, 4_200 - byCode - byTier), BillOf(placed));
        var id = placed["orderId"]!.GetValue<Guid>();
        var use = await system.Ordering.WithDbAsync(db => db.Redemptions.SingleAsync(row => row.OrderId == id));
        Assert.Equal(byCode, use.DiscountXaf);
    }

    [Fact]
    public async Task A_pickup_has_no_fee_to_give_back()
    {
        await TellAsync("gold", 10, isFree: true);
        var order = Bodies.Order(system.Catalog.AddRestaurant().Id);
        order.Remove("deliveryAddress");
        order["deliveryType"] = "pickup";

        Assert.Equal((300, 300, 2_700), BillOf(await PlaceAsync(order)));
    }

    [Fact]
    public async Task The_price_that_was_shown_is_charged_though_the_tier_is_another_by_then()
    {
        await TellAsync("gold", 10, isFree: true);
        var order = Bodies.Order(system.Catalog.AddRestaurant().Id);
        var quote = await QuoteAsync(order);
        await TellAsync("silver", 5, isFree: false, version: 2);
        var quoted = order.DeepClone().AsObject();
        quoted["quoteToken"] = quote["quoteToken"]!.DeepClone();

        Assert.Equal((1_300, 1_300, 2_700), BillOf(await PlaceAsync(quoted)));
        Assert.Equal((150, 150, 3_850), BillOf(await PlaceAsync(order)));
    }

    [Fact]
    public async Task A_guest_has_no_tier_whatever_was_told_of_the_session()
    {
        var (session, guest) = system.Identity.StartSession();
        await TellAsync("diamond", 20, isFree: true, customer: guest);
        var client = system.ClientOf("ordering");
        client.DefaultRequestHeaders.Add("X-Guest-Session", session);
        var wanted = new JsonObject
        {
            ["restaurantId"] = system.Catalog.AddRestaurant().Id,
            ["items"] = new JsonArray(new JsonObject { ["menuId"] = Guid.NewGuid(), ["quantity"] = 2 }),
            ["deliveryAddress"] = "Rue Joss, Douala",
            ["deliveryCoordinates"] = new JsonObject { ["lat"] = 4.06, ["lng"] = 9.71 }
        };

        var quote = await (await client.PostAsJsonAsync("/api/v1/guest/orders/quote", wanted)).DataAsync();
        (wanted["guestName"], wanted["guestPhone"], wanted["paymentMethod"]) = ("Ama Ngo", "677000001", "mtn_money");
        var placed = await (await client.PostAsJsonAsync("/api/v1/guest/orders", wanted)).DataAsync();

        Assert.Equal((0, 0, 4_000), BillOf(quote));
        Assert.Equal((0, 0, 4_000), BillOf(placed));
    }

    [Fact]
    public async Task The_receipt_says_what_the_code_and_what_the_tier_took_off()
    {
        await TellAsync("silver", 5, isFree: false);
        await MakeCodeAsync("percentage", 20);
        var order = Bodies.Order(system.Catalog.AddRestaurant().Id);
        order["promoCode"] = _code;
        var id = (await PlaceAsync(order))["orderId"]!.GetValue<Guid>();
        await system.Ordering.DeliverAsync(new PaymentSucceeded(Guid.NewGuid(), id, "campay", 3_250, system.Clock.GetUtcNow()));

        var file = await system.Customer(_customer).GetByteArrayAsync(new Uri($"/api/v1/orders/{id}/receipt", UriKind.Relative));

        var text = Encoding.Latin1.GetString(file);
        Assert.Matches("Remise +-600 XAF", text);
        Assert.Matches("Avantage fidélité +-150 XAF", text);
        Assert.Matches("Total +3 250 XAF", text);
    }

    private Task TellAsync(string tier, int percent, bool isFree, int version = 1, Guid? customer = null) => system.Ordering.DeliverAsync(
        new PointsChanged(customer ?? _customer, 0, tier, version, system.Clock.GetUtcNow(), percent, isFree));

    private async Task MakeCodeAsync(string type, long value)
    {
        var body = Bodies.Promotion(_code, system.Clock.GetUtcNow());
        (body["type"], body["value"]) = (type, value);
        (await system.Admin().PostAsJsonAsync("/api/v1/admin/promotions", body)).EnsureSuccessStatusCode();
    }

    private async Task<JsonNode> QuoteAsync(JsonObject order) =>
        await (await system.Customer(_customer).PostAsJsonAsync("/api/v1/orders/quote", order)).DataAsync();

    private async Task<JsonNode> PlaceAsync(JsonObject order) =>
        await (await system.Customer(_customer).PostAsJsonAsync("/api/v1/orders", order)).DataAsync();

    private static (long Discount, long Loyalty, long Total) BillOf(JsonNode answer)
    {
        var bill = answer["pricing"]!;
        return (bill["discount"]!.GetValue<long>(), bill["loyaltyDiscount"]!.GetValue<long>(), bill["total"]!.GetValue<long>());
    }
}
