using System.Net;
using System.Net.Http.Json;
using System.Text;
using EatFast.Security;

namespace EatFast.Delivery.Tests.Features;

public sealed class SetDriverStatusTests(DeliverySystem system)
{
    private const string Status = "/api/v1/drivers/me/status";

    [Theory]
    [InlineData("""{"status":"online","latitude":4.05,"longitude":9.7}""")]
    [InlineData("""{"isOnline":true}""")]
    public async Task The_first_time_online_makes_the_driver_known(string body)
    {
        var driver = system.SomeDriver(out var id);

        var profile = await (await driver.PutAsync(Status, Json(body))).DataAsync();

        Assert.Equal(id, profile.GetProperty("id").GetGuid());
        Assert.True(profile.GetProperty("isOnline").GetBoolean());
        Assert.Equal("online", profile.GetProperty("availability").GetString());
        Assert.Equal("Chantal Ewane", profile.GetProperty("name").GetString());
        Assert.Equal(7, profile.GetProperty("weeklyStats").GetArrayLength());
    }

    [Fact]
    public async Task Twenty_first_times_at_once_make_one_driver()
    {
        var driver = system.SomeDriver(out _);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => driver.PutAsync(Status, Json("""{"isOnline":true}"""))));

        Assert.All(answers, answer => Assert.True(
            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("pending", 403, "ACCOUNT_PENDING")]
    [InlineData("suspended", 403, "ACCOUNT_SUSPENDED")]
    [InlineData("inactive", 403, "ACCOUNT_SUSPENDED")]
    [InlineData("unknown", 404, "DRIVER_NOT_FOUND")]
    public async Task Only_an_active_account_may_go_online(string accountStatus, int status, string code)
    {
        var driver = system.SomeDriver(out var id);
        system.Neighbours.AccountStatuses[id.ToString()] = accountStatus;

        var answer = await driver.PutAsync(Status, Json("""{"status":"online"}"""));

        await answer.AssertRefusedAsync(status, code);
    }

    [Fact]
    public async Task A_driver_who_carries_food_cannot_go_offline()
    {
        var (driver, _) = await system.AnAcceptedDeliveryAsync();

        var answer = await driver.PutAsync(Status, Json("""{"status":"offline"}"""));

        await answer.AssertRefusedAsync(409, "DRIVER_BUSY");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"status":"busy"}""")]
    [InlineData("""{"status":"on\u0000line"}""")]
    [InlineData("""{"status":1}""")]
    [InlineData("""{"isOnline":"true"}""")]
    [InlineData("""{"status":"online","isOnline":false}""")]
    [InlineData("""{"status":"online","latitude":4.05}""")]
    [InlineData("""{"status":"online","latitude":91,"longitude":9.7}""")]
    [InlineData("""{"status":"online","latitude":1e400,"longitude":9.7}""")]
    [InlineData("""{"status":"online","rating":5}""")]
    public async Task A_wrong_body_is_refused_and_changes_nothing(string body)
    {
        var driver = system.SomeDriver(out var id);

        var answer = await driver.PutAsync(Status, Json(body));

        await answer.AssertRefusedAsync(400, "VALIDATION_ERROR");
        Assert.False(await system.Delivery.WithDbAsync(async db => await db.Drivers.FindAsync(id) is not null));
    }

    [Theory]
    [InlineData(Roles.Customer)]
    [InlineData(Roles.RestaurantOwner)]
    [InlineData(Roles.Admin)]
    public async Task Only_drivers_have_a_driver_status(string role)
    {
        var answer = await system.ClientOf("delivery", Guid.NewGuid(), role).PutAsJsonAsync(Status, new { status = "online" });

        await answer.AssertRefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told() =>
        await (await system.ClientOf("delivery").GetAsync("/api/v1/drivers/me/profile")).AssertRefusedAsync(401, "MISSING_TOKEN");

    [Fact]
    public async Task A_driver_never_seen_before_has_a_profile()
    {
        var driver = system.SomeDriver(out var id);
        system.Neighbours.AccountStatuses[id.ToString()] = "pending";

        var profile = await (await driver.GetAsync("/api/v1/drivers/me/profile")).DataAsync();

        Assert.Equal("pending_verification", profile.GetProperty("status").GetString());
        Assert.False(profile.GetProperty("isOnline").GetBoolean());
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
