using EatFast.Identity.Credentials;

namespace EatFast.Identity.Tests.Features;

/// <summary>A session alone is not enough for everything.</summary>
public sealed class StepUpTests(IdentitySystem system)
{
    private const string Users = "/api/v1/admin/users";

    [Fact]
    public async Task Making_an_administrator_needs_the_password_where_there_is_no_second_factor()
    {
        var (admin, someone) = (await system.AnAdminAsync(), await system.RegisterAsync());
        var path = $"{Users}/{someone.UserId}/role";

        await (await PutAsync(path, new { role = "admin" }, admin)).RefusedAsync(403, "PROOF_REQUIRED");
        await (await PutAsync(path, new { role = "admin", password = "Wrong-Pass-1" }, admin)).RefusedAsync(400, "WRONG_PASSWORD");
        var granted = await (await PutAsync(path, new { role = "admin", password = IdentitySystem.Password }, admin)).DataAsync();

        Assert.Equal("admin", granted.GetProperty("role").GetString());
    }

    [Fact]
    public async Task With_a_second_factor_the_password_is_not_enough()
    {
        var (admin, someone) = (await system.AnAdminAsync(), await system.RegisterAsync());
        var secret = await SetUpAsync(admin);
        var path = $"{Users}/{someone.UserId}/role";
        await (await PutAsync(path, new { role = "admin", password = IdentitySystem.Password }, admin)).RefusedAsync(403, "PROOF_REQUIRED");

        await ShowFactorAsync(admin, secret);

        await (await PutAsync(path, new { role = "admin" }, admin)).DataAsync();
    }

    [Fact]
    public async Task Who_chose_it_is_asked_for_a_second_factor_before_what_is_sensitive()
    {
        var someone = await system.RegisterAsync();
        var secret = await SetUpAsync(someone);
        await (await PutAsync("/api/v1/auth/2fa/settings", new { requireForSensitiveActions = true }, someone)).DataAsync();
        var change = new { currentPassword = IdentitySystem.Password, newPassword = "Other-Secret-2" };
        var erase = new { password = IdentitySystem.Password };

        await (await PutAsync("/api/v1/users/password", change, someone)).RefusedAsync(403, "FRESH_FACTOR_REQUIRED");
        await (await system.SendAsync(HttpMethod.Delete, "/api/v1/users/account", erase, someone.AccessToken)).RefusedAsync(403, "FRESH_FACTOR_REQUIRED");
        await (await PutAsync("/api/v1/users/profile", new { email = $"x{Guid.NewGuid():N}@example.cm" }, someone)).RefusedAsync(403, "FRESH_FACTOR_REQUIRED");
        await ShowFactorAsync(someone, secret);

        await (await PutAsync("/api/v1/users/password", change, someone)).DataAsync();
    }

    [Fact]
    public async Task An_account_of_google_leaves_by_a_fresh_token_or_a_code_from_its_mailbox()
    {
        var (subject, email) = ($"{Random.Shared.NextInt64(long.MaxValue)}", $"g{Guid.NewGuid():N}@gmail.com");
        var idToken = await system.Google.TokenAsync(new { sub = subject, email });
        var someone = await SignedIn.OfAsync(await system.PostAsync("/api/v1/auth/google", new { idToken }));
        var strangers = await system.Google.TokenAsync(new { sub = $"9{subject}", email = $"x{email}" });
        await system.PostAsync("/api/v1/auth/send-otp", new { destination = email, type = "login" });
        var (code, _) = await system.CodeForAsync(someone.UserId, "login");

        await (await EraseAsync(new { password = "guess" }, someone)).RefusedAsync(400, "WRONG_PASSWORD");
        await (await EraseAsync(new { idToken = strangers }, someone)).RefusedAsync(401, "GOOGLE_TOKEN_INVALID");
        await (await EraseAsync(new { code = code == "000000" ? "000001" : "000000" }, someone)).RefusedAsync(400, "INVALID_CODE");
        await (await EraseAsync(new { }, someone)).RefusedAsync(400, "VALIDATION_ERROR");

        // The proof holds; what comes next asks the neighbours, and none is there.
        Assert.Equal(503, (int)(await EraseAsync(new { idToken }, someone)).StatusCode);
        Assert.Equal(503, (int)(await EraseAsync(new { code }, someone)).StatusCode);
    }

    [Fact]
    public async Task An_administrator_makes_and_mends_an_account_whose_person_chooses_the_password()
    {
        var admin = await system.AnAdminAsync();
        var person = IdentitySystem.ANewPerson("driver");
        person.Remove("password");

        var made = await (await system.PostAsync(Users, person, admin.AccessToken)).DataAsync();
        var id = made.GetProperty("id").GetGuid();
        var mended = await (await PutAsync($"{Users}/{id}", new { lastName = "Etonde" }, admin)).DataAsync();
        var (_, token) = await system.CodeForAsync(id, "resetPassword");
        await (await system.PostAsync("/api/v1/auth/reset-password", new { token, newPassword = "Next-Secret-3" })).DataAsync();

        var signedIn = await system.SignInAsync((string)person["email"]!, "Next-Secret-3");
        Assert.Equal(("Etonde", "active"), (mended.GetProperty("lastName").GetString(), made.GetProperty("status").GetString()));
        Assert.Equal(person["phone"], signedIn.User.GetProperty("phone").GetString());
        await (await system.PostAsync(Users, person, admin.AccessToken)).RefusedAsync(409, "EMAIL_ALREADY_EXISTS");
        person["role"] = "admin";
        await (await system.PostAsync(Users, person, admin.AccessToken)).RefusedAsync(403, "PROOF_REQUIRED");
    }

    [Fact]
    public async Task The_operators_words_and_orders_are_understood()
    {
        var (admin, someone) = (await system.AnAdminAsync(), await system.RegisterAsync());

        var banned = await (await PutAsync($"{Users}/{someone.UserId}/status", new { status = "banned", reason = "Fraude" }, admin)).DataAsync();
        var waiting = await system.GetAsync($"{Users}?status=pending_verification&sortBy=createdAt&sortOrder=asc&limit=50", admin.AccessToken);

        Assert.Equal("suspended", banned.GetProperty("status").GetString());
        var dates = waiting.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("createdAt").GetDateTimeOffset()).ToList();
        Assert.Equal(dates.Order(), dates);
        await (await system.SendAsync(HttpMethod.Get, $"{Users}?sortBy=password", token: admin.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
    }

    private Task<HttpResponseMessage> PutAsync(string path, object body, SignedIn who) => system.SendAsync(HttpMethod.Put, path, body, who.AccessToken);

    private Task<HttpResponseMessage> EraseAsync(object body, SignedIn who) =>
        system.SendAsync(HttpMethod.Delete, "/api/v1/users/account", body, who.AccessToken);

    private async Task<string> SetUpAsync(SignedIn who)
    {
        var proposed = await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/totp/setup", null, who.AccessToken);
        var secret = proposed.GetProperty("secret").GetString()!;
        await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/totp/enable", new { code = CodeNow(secret) }, who.AccessToken);
        return secret;
    }

    private async Task ShowFactorAsync(SignedIn who, string secret)
    {
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/verify", new { code = CodeNow(secret), method = "totp" }, who.AccessToken);
    }

    private string CodeNow(string secret) => Totp.CodeOf(secret, Totp.StepAt(system.Clock.GetUtcNow()));
}
