using EatFast.Identity.Credentials;

namespace EatFast.Identity.Tests.Features;

/// <summary>A stranger registers somebody's address and waits inside; the owner then proves the address.</summary>
public sealed class TakeoverTests(IdentitySystem system)
{
    private const string TwoFactor = "/api/v1/auth/2fa";
    private readonly Dictionary<string, object?> _person = IdentitySystem.ANewPerson();

    [Theory]
    [InlineData("google")]
    [InlineData("password reset")]
    public async Task Nothing_that_the_stranger_put_on_the_account_opens_it_any_longer(string way)
    {
        var stranger = await system.RegisterAsync(_person);
        var (secret, codes) = await SetUpAsync(stranger);
        await system.ReadAsync(HttpMethod.Post, "/api/v1/users/addresses", new { address = "Chez le voleur" }, stranger.AccessToken);

        var owner = way == "google" ? await ByGoogleAsync(stranger) : await ByResetAsync(stranger);

        Assert.Equal(stranger.UserId, owner.UserId);
        Assert.Equal(("", false), (owner.User.GetProperty("phone").GetString(), owner.User.GetProperty("twoFactorEnabled").GetBoolean()));
        await (await system.RefreshAsync(stranger.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await (await system.PostAsync("/api/v1/auth/login", new { email = stranger.Email, password = IdentitySystem.Password }))
            .RefusedAsync(401, "INVALID_CREDENTIALS");
        foreach (var (method, code) in new[] { ("totp", CodeNow(secret)), ("backupCode", codes) })
            await (await system.PostAsync($"{TwoFactor}/verify", new { userId = stranger.UserId, code, method })).RefusedAsync(400, "INVALID_CODE");
        Assert.Equal(0, (await system.GetAsync("/api/v1/users/addresses", owner.AccessToken)).GetProperty("addresses").GetArrayLength());
        Assert.Contains("user.handed_over", await system.ActionsOnAsync(stranger.UserId));
    }

    [Fact]
    public async Task The_strangers_number_belongs_to_nobody_afterwards_and_signs_nobody_in()
    {
        var stranger = await system.RegisterAsync(_person);
        await system.PostAsync("/api/v1/auth/send-otp", new { destination = _person["phone"], type = "verification" });
        var (proof, _) = await system.CodeForAsync(stranger.UserId, "verification");
        await (await system.PostAsync("/api/v1/auth/verify-otp", new { destination = _person["phone"], code = proof, type = "verification" }, stranger.AccessToken)).DataAsync();
        await system.PostAsync("/api/v1/auth/send-otp", new { destination = _person["phone"], type = "login" });
        var (code, _) = await system.CodeForAsync(stranger.UserId, "login");

        await ByResetAsync(stranger);

        await (await system.PostAsync("/api/v1/auth/verify-otp", new { destination = _person["phone"], code, type = "login" }))
            .RefusedAsync(400, "INVALID_CODE");
        _person["email"] = $"other{Guid.NewGuid():N}@example.cm";
        await system.RegisterAsync(_person);
    }

    [Fact]
    public async Task An_account_that_had_proven_its_address_keeps_what_it_has()
    {
        var someone = await system.RegisterAsync(_person);
        await system.ProveAsync(someone.UserId);
        await SetUpAsync(someone);

        await ResetAsync(someone);

        var login = await (await system.PostAsync("/api/v1/auth/login", new { email = someone.Email, password = "Next-Secret-3" })).DataAsync();
        Assert.True(login.GetProperty("requires2FA").GetBoolean());
        Assert.DoesNotContain("user.handed_over", await system.ActionsOnAsync(someone.UserId));
    }

    private async Task<SignedIn> ByGoogleAsync(SignedIn stranger)
    {
        var idToken = await system.Google.TokenAsync(new { sub = $"{Random.Shared.NextInt64(long.MaxValue)}", email = stranger.Email });
        return await SignedIn.OfAsync(await system.PostAsync("/api/v1/auth/google", new { idToken }));
    }

    private async Task<SignedIn> ByResetAsync(SignedIn stranger)
    {
        await ResetAsync(stranger);
        return await system.SignInAsync(stranger.Email, "Next-Secret-3");
    }

    private async Task ResetAsync(SignedIn someone)
    {
        await system.PostAsync("/api/v1/auth/forgot-password", new { email = someone.Email });
        var (_, token) = await system.CodeForAsync(someone.UserId, "resetPassword");
        await (await system.PostAsync("/api/v1/auth/reset-password", new { token, newPassword = "Next-Secret-3" })).DataAsync();
    }

    private async Task<(string Secret, string BackupCode)> SetUpAsync(SignedIn someone)
    {
        var proposed = await system.ReadAsync(HttpMethod.Post, $"{TwoFactor}/totp/setup", null, someone.AccessToken);
        var secret = proposed.GetProperty("secret").GetString()!;
        await system.ReadAsync(HttpMethod.Post, $"{TwoFactor}/totp/enable", new { code = CodeNow(secret) }, someone.AccessToken);
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        return (secret, proposed.GetProperty("backupCodes")[0].GetString()!);
    }

    private string CodeNow(string secret) => Totp.CodeOf(secret, Totp.StepAt(system.Clock.GetUtcNow()));
}
