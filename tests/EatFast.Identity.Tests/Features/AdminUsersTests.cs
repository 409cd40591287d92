using EatFast.Identity.Contracts;
using EatFast.Identity.Features;
using EatFast.Testing;

namespace EatFast.Identity.Tests.Features;

public sealed class AdminUsersTests(IdentitySystem system)
{
    private const string Users = "/api/v1/admin/users";

    [Fact]
    public async Task An_administrator_approves_a_driver_who_waits()
    {
        var admin = await system.AnAdminAsync();
        var driver = await system.RegisterAsync(IdentitySystem.ANewPerson("delivery_agent"));
        Assert.Equal("pending", driver.User.GetProperty("status").GetString());

        var approved = await SetStatusAsync(admin, driver, new { status = "active" });

        Assert.Equal("active", approved.GetProperty("status").GetString());
        var me = await system.GetAsync("/api/v1/auth/me", driver.AccessToken);
        Assert.Equal("active", me.GetProperty("status").GetString());
        var told = Assert.Single(await ChangesOfAsync(driver));
        Assert.Equal(("active", "pending", "delivery_agent"), (told.Status, told.PreviousStatus, told.Role));
    }

    [Fact]
    public async Task A_suspension_signs_out_everywhere_and_ends_by_itself()
    {
        var admin = await system.AnAdminAsync();
        var someone = await system.RegisterAsync();

        var suspended = await SetStatusAsync(admin, someone, new { status = "suspended", reason = "Fraude", durationMinutes = 30 });

        Assert.Equal(("suspended", "Fraude"), (suspended.GetProperty("status").GetString(), suspended.GetProperty("statusReason").GetString()));
        await (await system.RefreshAsync(someone.RefreshToken)).RefusedAsync(403, "ACCOUNT_SUSPENDED");
        await Eventually.AsTrue(async () => (int)(await MeAsync(someone)).StatusCode == 401, "the token in hand is refused");
        await (await LoginAsync(someone)).RefusedAsync(403, "ACCOUNT_SUSPENDED");
        system.Clock.Advance(TimeSpan.FromMinutes(31));
        await system.SignInAsync(someone.Email);
    }

    [Fact]
    public async Task The_minutes_work_lifts_a_suspension_that_is_over_and_tells_so_once()
    {
        var admin = await system.AnAdminAsync();
        var someone = await system.RegisterAsync();
        await SetStatusAsync(admin, someone, new { status = "suspended", reason = "Fraude", durationMinutes = 1 });
        system.Clock.Advance(TimeSpan.FromMinutes(2));

        await system.RunAsync<LiftSuspensions>();
        await system.RunAsync<LiftSuspensions>();

        Assert.Equal(["suspended", "active"], (await ChangesOfAsync(someone)).Select(change => change.Status));
    }

    [Fact]
    public async Task A_new_role_holds_from_the_next_token_on_and_the_old_token_is_refused()
    {
        var admin = await system.AnAdminAsync();
        var someone = await system.RegisterAsync();

        await system.ReadAsync(HttpMethod.Put, $"{Users}/{someone.UserId}/role", new { role = "driver" }, admin.AccessToken);

        await Eventually.AsTrue(async () => (int)(await MeAsync(someone)).StatusCode == 401, "the token of the old role is refused");
        var refreshed = await SignedIn.OfAsync(await system.RefreshAsync(someone.RefreshToken));
        Assert.Equal("delivery_agent", refreshed.User.GetProperty("role").GetString());
        Assert.Equal(200, (int)(await MeAsync(refreshed)).StatusCode);
    }

    [Theory]
    [InlineData("""{"status":"suspended"}""")]
    [InlineData("""{"status":"pending"}""")]
    [InlineData("""{"status":"banned"}""")]
    [InlineData("""{}""")]
    [InlineData("""{"status":"active","durationMinutes":5}""")]
    [InlineData("""{"status":"suspended","reason":"x","durationMinutes":0}""")]
    [InlineData("""{"status":"suspended","reason":"x","role":"admin"}""")]
    public async Task A_wrong_status_is_refused(string body)
    {
        var admin = await system.AnAdminAsync();
        var someone = await system.RegisterAsync();

        var answer = await system.SendAsync(
            HttpMethod.Put, $"{Users}/{someone.UserId}/status", System.Text.Json.JsonSerializer.Deserialize<object>(body), admin.AccessToken);

        await answer.RefusedAsync(400, "VALIDATION_ERROR");
        Assert.Empty(await ChangesOfAsync(someone));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        var admin = await system.AnAdminAsync();
        var waiting = await system.RegisterAsync(IdentitySystem.ANewPerson("restaurant"));

        await (await SendStatusAsync(admin, waiting.UserId, new { status = "suspended", reason = "x" })).RefusedAsync(409, "STATUS_NOT_POSSIBLE");
        await (await SendStatusAsync(admin, admin.UserId, new { status = "inactive", reason = "x" })).RefusedAsync(409, "OWN_ACCOUNT");
        await (await SendStatusAsync(admin, Guid.NewGuid(), new { status = "active" })).RefusedAsync(404, "USER_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Put, $"{Users}/{admin.UserId}/role", new { role = "customer" }, admin.AccessToken))
            .RefusedAsync(409, "OWN_ACCOUNT");
    }

    [Theory]
    [InlineData("customer")]
    [InlineData("restaurant_owner")]
    [InlineData("delivery_agent")]
    public async Task Nobody_else_may_see_or_change_accounts(string role)
    {
        var someone = await system.RegisterAsync(IdentitySystem.ANewPerson(role));

        await (await SendStatusAsync(someone, someone.UserId, new { status = "active" })).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
        await (await system.SendAsync(HttpMethod.Get, Users, token: someone.AccessToken)).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
        await (await system.SendAsync(HttpMethod.Get, Users)).RefusedAsync(401, "MISSING_TOKEN");
    }

    [Fact]
    public async Task Accounts_are_found_by_state_role_address_number_and_id()
    {
        var admin = await system.AnAdminAsync();
        var person = IdentitySystem.ANewPerson("delivery_agent");
        var driver = await system.RegisterAsync(person);

        foreach (var search in new[] { driver.Email.ToUpperInvariant(), (string)person["phone"]!, $"{driver.UserId}" })
        {
            var found = await system.GetAsync($"{Users}?search={Uri.EscapeDataString(search)}", admin.AccessToken);
            Assert.Equal(driver.UserId, Assert.Single(found.GetProperty("users").EnumerateArray()).GetProperty("id").GetGuid());
        }
        var waiting = await system.GetAsync($"{Users}?role=driver&status=pending&limit=1", admin.AccessToken);
        Assert.Equal(driver.UserId, waiting.GetProperty("users")[0].GetProperty("id").GetGuid());
        Assert.Equal(0, (await system.GetAsync($"{Users}?search=nobody%40example.cm", admin.AccessToken)).GetProperty("users").GetArrayLength());
        await (await system.SendAsync(HttpMethod.Get, $"{Users}?status=odd", token: admin.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_detail_shows_the_devices_and_an_unknown_account_is_not_there()
    {
        var admin = await system.AnAdminAsync();
        var someone = await system.RegisterAsync();
        await system.SignInAsync(someone.Email);

        var detail = await system.GetAsync($"{Users}/{someone.UserId}", admin.AccessToken);

        Assert.Equal(2, detail.GetProperty("sessions").GetArrayLength());
        Assert.Equal(someone.Email, detail.GetProperty("user").GetProperty("email").GetString());
        await (await system.SendAsync(HttpMethod.Get, $"{Users}/{Guid.NewGuid()}", token: admin.AccessToken)).RefusedAsync(404, "USER_NOT_FOUND");
    }

    [Fact]
    public async Task A_password_is_reset_by_the_owner_of_the_mailbox_alone()
    {
        var admin = await system.AnAdminAsync();
        var someone = await system.RegisterAsync();

        await system.ReadAsync(HttpMethod.Post, $"{Users}/{someone.UserId}/reset-password", null, admin.AccessToken);

        var (_, token) = await system.CodeForAsync(someone.UserId, "resetPassword");
        await (await system.PostAsync("/api/v1/auth/reset-password", new { token, newPassword = "Neu-Secret-2" })).DataAsync();
        await system.SignInAsync(someone.Email, "Neu-Secret-2");
    }

    private async Task<System.Text.Json.JsonElement> SetStatusAsync(SignedIn admin, SignedIn someone, object body) =>
        await (await SendStatusAsync(admin, someone.UserId, body)).DataAsync();

    private Task<HttpResponseMessage> SendStatusAsync(SignedIn admin, Guid userId, object body) =>
        system.SendAsync(HttpMethod.Put, $"{Users}/{userId}/status", body, admin.AccessToken);

    private Task<HttpResponseMessage> MeAsync(SignedIn someone) => system.SendAsync(HttpMethod.Get, "/api/v1/auth/me", token: someone.AccessToken);

    private Task<HttpResponseMessage> LoginAsync(SignedIn someone) =>
        system.PostAsync("/api/v1/auth/login", new { email = someone.Email, password = IdentitySystem.Password });

    private async Task<List<UserStatusChanged>> ChangesOfAsync(SignedIn someone) =>
        (await system.Identity.AnnouncedAsync<UserStatusChanged>()).FindAll(change => change.UserId == someone.UserId);
}
