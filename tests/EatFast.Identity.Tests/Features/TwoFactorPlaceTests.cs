using EatFast.Identity.Credentials;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

/// <summary>A sign-in that waits for its second factor belongs to the place where it was begun.</summary>
public sealed class TwoFactorPlaceTests(IdentitySystem system)
{
    private const string Verify = "/api/v1/auth/2fa/verify";
    private const string Stranger = "203.0.113.66";

    [Fact]
    public async Task Who_knows_only_the_account_uses_up_no_try_and_locks_nobody_out()
    {
        var (someone, secret) = await WithTotpAsync();
        await LoginAsync(someone);
        for (var guess = 0; guess < 15; guess++)
            await (await VerifyAsync(someone, "000000", Stranger)).RefusedAsync(400, "INVALID_CODE");

        var counted = await system.Identity.WithDbAsync(db => db.Challenges.Where(row => row.UserId == someone.UserId).SumAsync(row => row.Tries));
        Assert.Equal(0, counted);
        Assert.DoesNotContain("user.sign_in_failed", await system.ActionsOnAsync(someone.UserId));
        await SignedIn.OfAsync(await VerifyAsync(someone, CodeNow(secret)));
    }

    [Fact]
    public async Task A_right_code_elsewhere_opens_nothing_unless_it_names_the_sign_in()
    {
        var (someone, secret) = await WithTotpAsync();
        var challengeId = await LoginAsync(someone);
        await (await VerifyAsync(someone, CodeNow(secret), Stranger)).RefusedAsync(400, "INVALID_CODE");
        await (await VerifyAsync(someone, CodeNow(secret), Stranger, Guid.NewGuid())).RefusedAsync(400, "INVALID_CODE");

        await SignedIn.OfAsync(await VerifyAsync(someone, CodeNow(secret), Stranger, challengeId));
    }

    [Fact]
    public async Task A_stranger_has_no_code_sent()
    {
        var (someone, _) = await WithTotpAsync();
        await system.ProveAsync(someone.UserId);
        await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/email/enable", null, someone.AccessToken);
        await LoginAsync(someone);

        await (await system.SendAsync(HttpMethod.Post, "/api/v1/auth/resend-2fa", new { userId = someone.UserId }, from: Stranger)).DataAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => system.CodeForAsync(someone.UserId, "secondFactor"));
        await (await system.PostAsync("/api/v1/auth/resend-2fa", new { userId = someone.UserId })).DataAsync();

        var (code, _) = await system.CodeForAsync(someone.UserId, "secondFactor");
        await SignedIn.OfAsync(await system.PostAsync(Verify, new { userId = someone.UserId, code, method = "email" }));
    }

    [Fact]
    public async Task Trusted_devices_are_shown_as_the_browsers_they_are_and_all_forgotten_at_once()
    {
        var (someone, secret) = await WithTotpAsync();
        await LoginAsync(someone);
        var signedIn = await SignedIn.OfAsync(await system.PostAsync(
            Verify, new { userId = someone.UserId, code = CodeNow(secret), method = "totp", deviceId = "Itel", trustDevice = true }));
        Assert.Equal("", Assert.Single((await system.GetAsync("/api/v1/auth/2fa/trusted-devices", signedIn.AccessToken)).EnumerateArray())
            .GetProperty("userAgent").GetString());

        var removed = await system.ReadAsync(HttpMethod.Delete, "/api/v1/auth/2fa/trusted-devices", null, signedIn.AccessToken);

        Assert.Equal(1, removed.GetProperty("removed").GetInt32());
        Assert.Equal(0, (await system.GetAsync("/api/v1/auth/2fa/trusted-devices", signedIn.AccessToken)).GetArrayLength());
    }

    private async Task<(SignedIn Someone, string Secret)> WithTotpAsync()
    {
        var someone = await system.RegisterAsync();
        var proposed = await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/totp/setup", null, someone.AccessToken);
        var secret = proposed.GetProperty("secret").GetString()!;
        await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/totp/enable", new { code = CodeNow(secret) }, someone.AccessToken);
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        return (someone, secret);
    }

    private async Task<Guid> LoginAsync(SignedIn someone) =>
        (await (await system.PostAsync("/api/v1/auth/login", new { email = someone.Email, password = IdentitySystem.Password })).DataAsync())
            .GetProperty("challengeId").GetGuid();

    private Task<HttpResponseMessage> VerifyAsync(SignedIn someone, string code, string? from = null, Guid? challengeId = null) =>
        system.SendAsync(HttpMethod.Post, Verify, new { userId = someone.UserId, challengeId, code, method = "totp" }, from: from);

    private string CodeNow(string secret) => Totp.CodeOf(secret, Totp.StepAt(system.Clock.GetUtcNow()));
}
