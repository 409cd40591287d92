using System.Net.Http.Json;
using EatFast.Payments.Contracts;

namespace EatFast.Delivery.Tests.Features;

public sealed class FollowDriverCashTests(DeliverySystem system)
{
    [Fact]
    public async Task A_driver_at_the_ceiling_gets_no_cash_order_until_cash_is_handed_over()
    {
        var place = system.SomewhereElse();
        var (cash, prepaid) = (await system.AnOfferAsync(place, "cash"), await system.AnOfferAsync(place));
        var driver = system.SomeDriver(out var driverId);
        await (await driver.PutAsJsonAsync("/api/v1/drivers/me/status", new { status = "online", place.Latitude, place.Longitude })).DataAsync();
        system.Neighbours.AtCeiling[$"{driverId}"] = true;

        await MovedAsync(driverId);

        Assert.Equal([prepaid], await OfferedAsync(driver));
        await (await AcceptAsync(driver, cash)).AssertRefusedAsync(409, "CASH_CEILING_REACHED");
        Assert.False((await (await driver.GetAsync("/api/v1/drivers/me/profile")).DataAsync()).GetProperty("mayTakeCash").GetBoolean());

        system.Neighbours.AtCeiling.Clear();
        await MovedAsync(driverId);

        Assert.Equal(2, (await OfferedAsync(driver)).Count);
        await (await AcceptAsync(driver, cash)).DataAsync();
    }

    [Fact]
    public async Task Nobody_at_the_ceiling_is_asked_to_fetch_a_cash_order()
    {
        var place = system.SomewhereElse();
        var driver = system.SomeDriver(out var driverId);
        await (await driver.PutAsJsonAsync("/api/v1/drivers/me/status", new { status = "online", place.Latitude, place.Longitude })).DataAsync();
        system.Neighbours.AtCeiling[$"{driverId}"] = true;
        await MovedAsync(driverId);
        var other = system.SomeDriver(out var otherId);
        await (await other.PutAsJsonAsync("/api/v1/drivers/me/status", new { status = "online", latitude = place.Latitude + 0.03, longitude = place.Longitude }))
            .DataAsync();

        var (cash, prepaid) = (await system.AnOfferAsync(place, "cash"), await system.AnOfferAsync(place));

        await Testing.Eventually.AsTrue(async () => (await system.FindAsync(cash))!.OfferedTo == otherId, "the one with room for cash is asked");
        await Testing.Eventually.AsTrue(async () => (await system.FindAsync(prepaid))!.OfferedTo == driverId, "for a paid order the nearest is asked");
    }

    private Task MovedAsync(Guid driverId) =>
        system.Delivery.DeliverAsync(new DriverCashMoved(driverId, system.Clock.GetUtcNow()), Guid.NewGuid(), times: 2);

    private static Task<HttpResponseMessage> AcceptAsync(HttpClient driver, Guid orderId) =>
        driver.PostAsync($"/api/v1/drivers/me/orders/{orderId}/accept", null);

    private static async Task<List<Guid>> OfferedAsync(HttpClient driver) =>
        [.. (await (await driver.GetAsync("/api/v1/drivers/me/orders/available")).DataAsync()).GetProperty("orders").EnumerateArray()
            .Select(order => order.GetProperty("orderId").GetGuid())];
}
