using System.Net;
using System.Text;
using System.Text.Json;
using EatFast.Delivery.Contracts;
using EatFast.Delivery.Domain;
using EatFast.Security;

namespace EatFast.Delivery.Tests.Features;

public sealed class AdvanceDeliveryTests(DeliverySystem system)
{
    [Theory]
    [InlineData("cash", 1)]
    [InlineData("campay", 0)]
    public async Task A_delivery_goes_from_code_to_code_and_announces_each_stage(string paymentMethod, int cashCollections)
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync(paymentMethod);

        await (await driver.MoveAsync(orderId, "picking_up")).DataAsync();
        await (await driver.MoveAsync(orderId, "picked_up", "1234")).DataAsync();
        await (await driver.MoveAsync(orderId, "delivering")).DataAsync();
        var delivered = await (await driver.MoveAsync(orderId, "delivered", "9876")).DataAsync();

        Assert.Equal(("delivered", true), (delivered.GetProperty("status").GetString(), delivered.GetProperty("isPaid").GetBoolean()));
        Assert.Equal("", delivered.GetProperty("customerPhone").GetString());
        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryPickedUp>(), e => e.OrderId == orderId);
        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryInTransit>(), e => e.OrderId == orderId);
        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryCompleted>(), e => e.OrderId == orderId);
        var cash = (await system.Delivery.AnnouncedAsync<CashCollected>()).Where(e => e.OrderId == orderId).ToList();
        Assert.Equal(cashCollections, cash.Count(e => e.AmountXaf == 8500));
    }

    [Fact]
    public async Task After_the_delivery_the_driver_is_free_and_has_earned_the_fee()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();
        await driver.MoveAsync(orderId, "picked_up", "1234");
        await driver.MoveAsync(orderId, "delivering");
        await driver.MoveAsync(orderId, "delivered", "9876");

        var profile = await (await driver.GetAsync("/api/v1/drivers/me/profile")).DataAsync();
        var history = await (await driver.GetAsync("/api/v1/drivers/me/deliveries?limit=1")).DataAsync();

        Assert.Equal(("online", 1), (profile.GetProperty("availability").GetString(), profile.GetProperty("totalDeliveries").GetInt32()));
        Assert.Equal(1000, profile.GetProperty("totalEarnings").GetInt64());
        Assert.Equal(orderId, history.GetProperty("deliveries")[0].GetProperty("orderId").GetGuid());
        Assert.Equal(1, history.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("delivering", null)]
    [InlineData("delivered", "9876")]
    [InlineData("delivered", null)]
    public async Task A_jumped_stage_is_refused(string status, string? code)
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        var answer = await driver.MoveAsync(orderId, status, code);

        await answer.AssertRefusedAsync(409, "DELIVERY_TRANSITION_NOT_ALLOWED");
    }

    [Fact]
    public async Task A_stage_that_is_repeated_changes_nothing()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        for (var tap = 0; tap < 2; tap++)
            await (await driver.MoveAsync(orderId, "picked_up", "1234")).DataAsync();

        Assert.Single(await system.Delivery.AnnouncedAsync<DeliveryPickedUp>(), e => e.OrderId == orderId);
    }

    [Fact]
    public async Task Wrong_codes_are_counted_and_then_locked()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        await (await driver.MoveAsync(orderId, "picked_up")).AssertRefusedAsync(400, "CODE_REQUIRED");
        for (var attempt = 0; attempt < 5; attempt++)
            await (await driver.MoveAsync(orderId, "picked_up", "0000")).AssertRefusedAsync(409, "WRONG_CODE");

        await (await driver.MoveAsync(orderId, "picked_up", "1234")).AssertRefusedAsync(409, "CODE_LOCKED");
    }

    [Fact]
    public async Task Guessing_side_by_side_gives_no_more_than_five_answers()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(guess => driver.MoveAsync(orderId, "picked_up", $"{guess:0000}")));

        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.Equal(5, bodies.Count(body => body.Contains("\"WRONG_CODE\"")));
        Assert.Equal(DeliveryStatus.Assigned, (await system.FindAsync(orderId))!.Status);
    }

    [Fact]
    public async Task Someone_elses_delivery_does_not_exist()
    {
        var (_, orderId) = await system.AnAcceptedDeliveryAsync();
        var (other, _) = await system.AnAcceptedDeliveryAsync();

        await (await other.MoveAsync(orderId, "picked_up", "1234")).AssertRefusedAsync(404, "DELIVERY_NOT_FOUND");
        await (await other.GetAsync($"/api/v1/deliveries/{orderId}")).AssertRefusedAsync(404, "DELIVERY_NOT_FOUND");
    }

    [Fact]
    public async Task Its_driver_and_an_administrator_see_a_delivery_by_either_id()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();
        var deliveryId = (await system.FindAsync(orderId))!.Id;
        var admin = system.ClientOf("delivery", Guid.NewGuid(), Roles.Admin);
        var customer = system.ClientOf("delivery", Guid.NewGuid());

        Assert.Equal(HttpStatusCode.OK, (await driver.GetAsync($"/api/v1/deliveries/{deliveryId}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/api/v1/deliveries/{orderId}")).StatusCode);
        await (await customer.GetAsync($"/api/v1/deliveries/{orderId}")).AssertRefusedAsync(404, "DELIVERY_NOT_FOUND");
    }

    [Fact]
    public async Task Operators_see_what_is_under_way_and_nobody_else_does()
    {
        var (_, orderId) = await system.AnAcceptedDeliveryAsync();
        var admin = system.ClientOf("delivery", Guid.NewGuid(), Roles.Admin);

        var live = await (await admin.GetAsync("/api/v1/admin/deliveries/live?limit=100")).DataAsync();

        var row = live.GetProperty("deliveries").EnumerateArray()
            .Single(delivery => delivery.GetProperty("delivery").GetProperty("orderId").GetGuid() == orderId);
        Assert.Equal(JsonValueKind.Number, row.GetProperty("driver").GetProperty("position").GetProperty("latitude").ValueKind);
        await (await system.SomeDriver(out _).GetAsync("/api/v1/admin/deliveries/live"))
            .AssertRefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"assigned"}""")]
    [InlineData("""{"status":"PICKED_UP","code":"1234"}""")]
    [InlineData("""{"status":"picked_up","code":1234}""")]
    [InlineData("""{"status":"picked_up","code":"12\u000034"}""")]
    [InlineData("""{"status":"picked_up","code":""}""")]
    [InlineData("""{"status":"picked_up","code":"1234","status":"delivered"}""")]
    [InlineData("""{"status":"picked_up","driverId":"x"}""")]
    public async Task A_wrong_body_is_refused_and_counts_as_no_try(string body)
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();

        var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await driver.PatchAsync($"/api/v1/drivers/me/deliveries/{orderId}/status", content);

        await answer.AssertRefusedAsync(400, "VALIDATION_ERROR");
        Assert.Equal(0, (await system.FindAsync(orderId))!.WrongCodes);
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("limit=101")]
    [InlineData("page=x")]
    public async Task A_wrong_page_is_refused(string query) =>
        await (await system.SomeDriver(out _).GetAsync($"/api/v1/drivers/me/deliveries?{query}"))
            .AssertRefusedAsync(400, "VALIDATION_ERROR");
}
