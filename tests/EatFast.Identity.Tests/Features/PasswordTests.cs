using EatFast.Identity.Contracts;

namespace EatFast.Identity.Tests.Features;

public sealed class PasswordTests(IdentitySystem system)
{
    private const string Next = "Other-Secret-2";
    private const string Reset = "/api/v1/auth/reset-password";
    private const string Forgot = "/api/v1/auth/forgot-password";

    [Fact]
    public async Task The_current_password_sets_a_new_one_and_signs_the_other_devices_out()
    {
        var here = await system.RegisterAsync();
        var elsewhere = await system.SignInAsync(here.Email);

        await system.ReadAsync(
            HttpMethod.Put, "/api/v1/users/password", new { currentPassword = IdentitySystem.Password, newPassword = Next }, here.AccessToken);

        await (await system.RefreshAsync(elsewhere.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await SignedIn.OfAsync(await system.RefreshAsync(here.RefreshToken));
        await (await LoginAsync(here.Email, IdentitySystem.Password)).RefusedAsync(401, "INVALID_CREDENTIALS");
        await system.SignInAsync(here.Email, Next);
    }

    [Fact]
    public async Task The_older_name_of_the_route_and_its_member_work_too()
    {
        var here = await system.RegisterAsync();

        await system.ReadAsync(
            HttpMethod.Post, "/api/v1/auth/change-password", new { oldPassword = IdentitySystem.Password, newPassword = Next }, here.AccessToken);

        await system.SignInAsync(here.Email, Next);
    }

    [Theory]
    [InlineData("Wrong-Pass-1", Next, 400, "WRONG_PASSWORD")]
    [InlineData(IdentitySystem.Password, "short1A", 400, "VALIDATION_ERROR")]
    [InlineData(IdentitySystem.Password, "nodigitsHere", 400, "VALIDATION_ERROR")]
    public async Task A_wrong_or_a_weak_password_changes_nothing(string current, string next, int status, string code)
    {
        var here = await system.RegisterAsync();
        var body = new { currentPassword = current, newPassword = next };

        await (await system.SendAsync(HttpMethod.Put, "/api/v1/users/password", body, here.AccessToken)).RefusedAsync(status, code);

        await system.SignInAsync(here.Email);
    }

    [Fact]
    public async Task A_code_from_the_mailbox_sets_a_new_password_once_and_signs_every_device_out()
    {
        var someone = await system.RegisterAsync();
        await (await system.PostAsync(Forgot, new { email = someone.Email })).DataAsync();
        var (code, _) = await system.CodeForAsync(someone.UserId, "resetPassword");
        var body = new { email = someone.Email, code, newPassword = Next, confirmPassword = Next };

        await (await system.PostAsync(Reset, body)).DataAsync();

        await (await system.PostAsync(Reset, body)).RefusedAsync(400, "INVALID_CODE");
        await (await system.RefreshAsync(someone.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        var signedIn = await system.SignInAsync(someone.Email, Next);
        Assert.True(signedIn.User.GetProperty("emailVerified").GetBoolean());
    }

    [Fact]
    public async Task Equal_resets_at_once_are_one()
    {
        var someone = await system.RegisterAsync();
        await system.PostAsync(Forgot, new { email = someone.Email });
        var (_, token) = await system.CodeForAsync(someone.UserId, "resetPassword");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number =>
            system.PostAsync(Reset, new { token, newPassword = $"Other-Secret-{number}" })));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_fifth_wrong_code_ends_the_right_one_also_when_they_come_together()
    {
        var someone = await system.RegisterAsync();
        await system.PostAsync(Forgot, new { email = someone.Email });
        var (code, _) = await system.CodeForAsync(someone.UserId, "resetPassword");
        var wrong = code == "000000" ? "000001" : "000000";

        var guesses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            system.PostAsync(Reset, new { email = someone.Email, code = wrong, newPassword = Next })));

        Assert.All(guesses, guess => Assert.Equal(400, (int)guess.StatusCode));
        await (await system.PostAsync(Reset, new { email = someone.Email, code, newPassword = Next })).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task A_code_ends_after_fifteen_minutes_and_with_the_next_one()
    {
        var someone = await system.RegisterAsync();
        await system.PostAsync(Forgot, new { email = someone.Email });
        var (first, _) = await system.CodeForAsync(someone.UserId, "resetPassword");
        await system.PostAsync(Forgot, new { email = someone.Email });
        var (second, token) = await system.CodeForAsync(someone.UserId, "resetPassword");

        if (first != second)
            await (await system.PostAsync(Reset, new { email = someone.Email, code = first, newPassword = Next })).RefusedAsync(400, "INVALID_CODE");
        system.Clock.Advance(TimeSpan.FromMinutes(16));
        await (await system.PostAsync(Reset, new { token, newPassword = Next })).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task An_address_of_nobody_is_answered_and_limited_like_any_other()
    {
        var someone = await system.RegisterAsync();
        var nobody = $"nobody{Guid.NewGuid():N}@example.cm";

        foreach (var email in new[] { someone.Email, nobody })
        {
            await (await system.PostAsync("/api/v1/auth/resend-verification", new { email })).DataAsync();
            await (await system.PostAsync(Forgot, new { email })).DataAsync();
        }
        await (await system.PostAsync(Forgot, new { email = nobody })).DataAsync();
        var refused = await (await system.PostAsync(Forgot, new { email = nobody })).RefusedAsync(429, "CODE_LIMIT_REACHED");

        Assert.InRange(refused.GetProperty("retryAfter").GetInt32(), 1, 600);
        Assert.DoesNotContain(await system.Identity.AnnouncedAsync<CodeIssued>(), code => code.UserId is null && code.Purpose != "guestPhone");
    }

    [Theory]
    [InlineData("""{"newPassword":"Other-Secret-2"}""")]
    [InlineData("""{"email":"a@b.cm","newPassword":"Other-Secret-2"}""")]
    [InlineData("""{"email":"a@b.cm","code":"12a456","newPassword":"Other-Secret-2"}""")]
    [InlineData("""{"token":"x","email":"a@b.cm","code":"123456","newPassword":"Other-Secret-2"}""")]
    [InlineData("""{"token":"x","newPassword":"Other-Secret-2","confirmPassword":"Else-Secret-2"}""")]
    public async Task A_wrong_body_is_refused(string body) =>
        await (await system.PostAsync(Reset, System.Text.Json.JsonSerializer.Deserialize<object>(body)!)).RefusedAsync(400, "VALIDATION_ERROR");

    private Task<HttpResponseMessage> LoginAsync(string email, string password) =>
        system.PostAsync("/api/v1/auth/login", new { email, password });
}
