using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EatFast.Delivery.Contracts;
using EatFast.Delivery.Domain;
using EatFast.Security;

namespace EatFast.Delivery.Tests.Features;

public sealed class OffersTests(DeliverySystem system)
{
    private const string Available = "/api/v1/drivers/me/orders/available";

    [Fact]
    public async Task Offers_within_the_radius_come_nearest_first_and_without_the_customer_or_the_codes()
    {
        var here = system.SomewhereElse();
        var far = await system.AnOfferAsync(new GeoPoint(here.Latitude + 0.05, here.Longitude));
        var near = await system.AnOfferAsync(new GeoPoint(here.Latitude + 0.01, here.Longitude));
        await system.AnOfferAsync(new GeoPoint(here.Latitude + 0.2, here.Longitude));
        var driver = await system.ADriverOnlineAsync(here);

        var orders = (await (await driver.GetAsync(Available)).DataAsync()).GetProperty("orders");

        Assert.Equal([near, far], orders.EnumerateArray().Select(order => order.GetProperty("orderId").GetGuid()));
        Assert.Equal((1.1, ""), (orders[0].GetProperty("distanceKm").GetDouble(), orders[0].GetProperty("customerPhone").GetString()));
        Assert.Equal("mobile_money", orders[0].GetProperty("paymentMethod").GetString());
        Assert.DoesNotContain(WordsOf(orders), word => word.Contains("1234", StringComparison.Ordinal));
        Assert.DoesNotContain(WordsOf(orders), word => word.Contains("9876", StringComparison.Ordinal));
    }

    /// <summary>Every text in an answer but ids and times, which hold any digits by chance.</summary>
    private static IEnumerable<string> WordsOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(WordsOf),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => WordsOf(member.Value)),
        JsonValueKind.String when !json.TryGetGuid(out _) && !json.TryGetDateTimeOffset(out _) => [json.GetString()!],
        _ => []
    };

    [Fact]
    public async Task An_offline_driver_gets_no_offers_and_cannot_accept()
    {
        var driver = system.SomeDriver(out _);
        var orderId = await system.AnOfferAsync();

        await (await driver.GetAsync(Available)).AssertRefusedAsync(409, "DRIVER_OFFLINE");
        await (await AcceptAsync(driver, orderId)).AssertRefusedAsync(409, "DRIVER_OFFLINE");
    }

    [Fact]
    public async Task Accepting_tells_the_customers_phone_and_announces_the_driver()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        var active = await (await driver.GetAsync("/api/v1/drivers/me/delivery/active")).DataAsync();

        Assert.True(active.GetProperty("hasActiveDelivery").GetBoolean());
        Assert.Equal("assigned", active.GetProperty("order").GetProperty("status").GetString());
        Assert.Equal("+237690000000", active.GetProperty("order").GetProperty("customerPhone").GetString());
        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryAssigned>(), assigned => assigned.OrderId == orderId);
    }

    [Fact]
    public async Task A_guests_name_and_number_come_with_the_order_while_it_is_carried()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();
        var order = system.Neighbours.Orders[$"{orderId}"];
        system.Neighbours.AccountStatuses[order.CustomerId] = "unknown";

        var erased = await (await driver.GetAsync("/api/v1/drivers/me/delivery/active")).DataAsync();
        (order.IsGuest, order.GuestName, order.GuestPhone) = (true, "Ama Ngo", "+237677000001");
        var active = await (await driver.GetAsync("/api/v1/drivers/me/delivery/active")).DataAsync();

        Assert.Equal("", erased.GetProperty("order").GetProperty("customerPhone").GetString());
        Assert.Equal(
            ("Ama Ngo", "+237677000001"),
            (active.GetProperty("order").GetProperty("customerName").GetString(), active.GetProperty("order").GetProperty("customerPhone").GetString()));
    }

    [Fact]
    public async Task Of_fifty_drivers_one_wins()
    {
        var place = system.SomewhereElse();
        var orderId = await system.AnOfferAsync(place);
        var drivers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => system.ADriverOnlineAsync(place)));

        var answers = await Task.WhenAll(drivers.Select(driver => AcceptAsync(driver, orderId)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            await lost.AssertRefusedAsync(409, "OFFER_TAKEN");
        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryAssigned>(), assigned => assigned.OrderId == orderId);
    }

    [Fact]
    public async Task A_driver_who_takes_ten_offers_at_once_gets_one()
    {
        var place = system.SomewhereElse();
        var driver = await system.ADriverOnlineAsync(place);
        var orders = new List<Guid>();
        for (var i = 0; i < 10; i++)
            orders.Add(await system.AnOfferAsync(place));

        var answers = await Task.WhenAll(orders.Select(orderId => AcceptAsync(driver, orderId)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            await lost.AssertRefusedAsync(409, "DRIVER_BUSY");
    }

    [Fact]
    public async Task The_winner_who_asks_again_gets_the_same_answer()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        var again = await AcceptAsync(driver, orderId);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryAssigned>(), assigned => assigned.OrderId == orderId);
    }

    [Fact]
    public async Task What_nobody_offers_is_not_found()
    {
        var driver = await system.ADriverOnlineAsync(system.SomewhereElse());

        await (await AcceptAsync(driver, Guid.NewGuid())).AssertRefusedAsync(404, "DELIVERY_NOT_FOUND");
        await (await RejectAsync(driver, Guid.NewGuid(), """{"reason":"x"}""")).AssertRefusedAsync(404, "DELIVERY_NOT_FOUND");
        await (await driver.PostAsync("/api/v1/drivers/me/orders/no-id/accept", null)).AssertRefusedAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task A_rejected_offer_is_hidden_from_that_driver_only()
    {
        var place = system.SomewhereElse();
        var orderId = await system.AnOfferAsync(place);
        var (driver, other) = (await system.ADriverOnlineAsync(place), await system.ADriverOnlineAsync(place));

        for (var tap = 0; tap < 2; tap++)
            await (await RejectAsync(driver, orderId, """{"reason":"Trop loin","driverId":"x","rejectedAt":"now"}""")).DataAsync();

        Assert.Equal(0, (await (await driver.GetAsync(Available)).DataAsync()).GetProperty("orders").GetArrayLength());
        Assert.Equal(1, (await (await other.GetAsync(Available)).DataAsync()).GetProperty("orders").GetArrayLength());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"reason":""}""")]
    [InlineData("""{"reason":null}""")]
    [InlineData("""{"reason":"a\u0000b"}""")]
    [InlineData("""{"reason":7}""")]
    public async Task A_rejection_needs_a_reason(string body)
    {
        var driver = await system.ADriverOnlineAsync(system.SomewhereElse());

        var answer = await RejectAsync(driver, await system.AnOfferAsync(), body);

        await answer.AssertRefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Customers_cannot_accept() =>
        await (await AcceptAsync(system.ClientOf("delivery", Guid.NewGuid(), Roles.Customer), Guid.NewGuid()))
            .AssertRefusedAsync(403, "INSUFFICIENT_PERMISSIONS");

    private static Task<HttpResponseMessage> AcceptAsync(HttpClient driver, Guid orderId) =>
        driver.PostAsJsonAsync($"/api/v1/drivers/me/orders/{orderId}/accept", new { acceptedAt = "2026-11-22T12:00:00Z" });

    private static Task<HttpResponseMessage> RejectAsync(HttpClient driver, Guid orderId, string body) =>
        driver.PostAsync($"/api/v1/drivers/me/orders/{orderId}/reject", new StringContent(body, Encoding.UTF8, "application/json"));
}
