using System.Text.Json;
using EatFast.Identity.Credentials;

namespace EatFast.Identity.Tests.Features;

public sealed class TwoFactorTests(IdentitySystem system)
{
    private const string Path = "/api/v1/auth/2fa";

    [Fact]
    public async Task With_an_authenticator_a_password_alone_gives_no_token_and_each_code_is_good_once()
    {
        var (someone, secret, _) = await WithTotpAsync();

        var step = await LoginAsync(someone);

        Assert.True(step.GetProperty("requires2FA").GetBoolean());
        Assert.Equal(["totp", "backupCode"], step.GetProperty("twoFactorMethods").EnumerateArray().Select(method => method.GetString()!));
        Assert.False(step.TryGetProperty("accessToken", out _));
        var code = CodeNow(secret);
        var signedIn = await SignedIn.OfAsync(await VerifyAsync(someone, code));
        Assert.True(signedIn.User.GetProperty("twoFactorEnabled").GetBoolean());
        await LoginAsync(someone);
        await (await VerifyAsync(someone, code)).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task Without_the_first_factor_the_second_one_opens_nothing()
    {
        var (someone, secret, _) = await WithTotpAsync();

        await (await VerifyAsync(someone, CodeNow(secret))).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task Guessing_the_second_factor_ends_after_five_tries_a_sign_in_and_then_has_to_wait()
    {
        using var still = system.Clock.Hold();
        var (someone, secret, _) = await WithTotpAsync();
        await LoginAsync(someone);
        for (var guess = 0; guess < 5; guess++)
            await (await VerifyAsync(someone, "000000")).RefusedAsync(400, "INVALID_CODE");

        await (await VerifyAsync(someone, CodeNow(secret))).RefusedAsync(429, "TOO_MANY_ATTEMPTS");
        system.Clock.Advance(TimeSpan.FromSeconds(2));
        await (await VerifyAsync(someone, CodeNow(secret))).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task A_backup_code_is_good_once_and_new_ones_void_the_old()
    {
        var (someone, secret, codes) = await WithTotpAsync();
        Assert.Equal(10, codes.Count);
        await LoginAsync(someone);
        await SignedIn.OfAsync(await VerifyAsync(someone, codes[0].ToLowerInvariant(), "backupCode"));
        await LoginAsync(someone);
        await (await VerifyAsync(someone, codes[0], "backupCode")).RefusedAsync(400, "INVALID_CODE");

        var fresh = await ProveAsync(someone, secret);
        await system.ReadAsync(HttpMethod.Post, $"{Path}/backup-codes/generate", null, fresh.AccessToken);
        await LoginAsync(someone);
        await (await VerifyAsync(someone, codes[1], "backupCode")).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task A_trusted_device_is_not_asked_again_until_it_is_forgotten()
    {
        var (someone, secret, _) = await WithTotpAsync();
        await LoginAsync(someone);
        var body = new { userId = someone.UserId, code = CodeNow(secret), method = "totp", deviceId = "Tecno de Mireille", trustDevice = true };
        var answer = await (await system.PostAsync($"{Path}/verify", body)).DataAsync();
        var (token, access) = (answer.GetProperty("trustedDeviceToken").GetString()!, answer.GetProperty("accessToken").GetString()!);

        Assert.True((await LoginAsync(someone, token)).TryGetProperty("accessToken", out _));
        Assert.True((await LoginAsync(someone, token + "x")).TryGetProperty("requires2FA", out _));
        var device = Assert.Single((await system.GetAsync($"{Path}/trusted-devices", access)).EnumerateArray());
        Assert.Equal("Tecno de Mireille", device.GetProperty("name").GetString());
        var stranger = await system.RegisterAsync();
        var path = $"{Path}/trusted-devices/{device.GetProperty("id").GetGuid()}";
        await (await system.SendAsync(HttpMethod.Delete, path, null, stranger.AccessToken)).RefusedAsync(404, "DEVICE_NOT_FOUND");
        await system.ReadAsync(HttpMethod.Delete, path, null, access);
        Assert.True((await LoginAsync(someone, token)).TryGetProperty("requires2FA", out _));
    }

    [Fact]
    public async Task Protection_is_taken_away_only_with_a_factor_shown_just_now()
    {
        var (someone, secret, _) = await WithTotpAsync();
        foreach (var path in new[] { "disable", "totp/disable", "totp/setup", "backup-codes/regenerate" })
            await (await system.PostAsync($"{Path}/{path}", new { }, someone.AccessToken)).RefusedAsync(403, "FRESH_FACTOR_REQUIRED");
        await (await system.SendAsync(HttpMethod.Put, $"{Path}/settings", new { requireForLogin = false }, someone.AccessToken))
            .RefusedAsync(403, "FRESH_FACTOR_REQUIRED");

        await system.ReadAsync(HttpMethod.Post, $"{Path}/verify", new { code = CodeNow(secret), method = "totp" }, someone.AccessToken);
        await system.ReadAsync(HttpMethod.Post, $"{Path}/disable", null, someone.AccessToken);

        Assert.True((await LoginAsync(someone)).TryGetProperty("accessToken", out _));
    }

    [Fact]
    public async Task A_code_by_mail_is_a_second_factor_once_the_address_is_proven()
    {
        var someone = await system.RegisterAsync();
        await (await system.PostAsync($"{Path}/email/enable", new { }, someone.AccessToken)).RefusedAsync(409, "TWO_FACTOR_NOT_SET_UP");
        var (_, token) = await system.CodeForAsync(someone.UserId, "verification");
        await system.PostAsync("/api/v1/auth/verify-email", new { token });
        await system.ReadAsync(HttpMethod.Post, $"{Path}/email/enable", null, someone.AccessToken);

        await LoginAsync(someone);
        await (await system.PostAsync($"{Path}/email/send", new { userId = someone.UserId })).DataAsync();
        var (code, _) = await system.CodeForAsync(someone.UserId, "secondFactor");

        await SignedIn.OfAsync(await VerifyAsync(someone, code, "email"));
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_counts_only_after_a_code_of_it()
    {
        var someone = await system.RegisterAsync();
        var proposed = await system.ReadAsync(HttpMethod.Post, $"{Path}/totp/setup", null, someone.AccessToken);

        await (await system.PostAsync($"{Path}/totp/enable", new { code = "000000" }, someone.AccessToken)).RefusedAsync(400, "INVALID_CODE");
        var config = await system.GetAsync($"{Path}/config", someone.AccessToken);

        Assert.StartsWith("otpauth://totp/EatFast:", proposed.GetProperty("qrCodeUrl").GetString(), StringComparison.Ordinal);
        Assert.Equal((false, 0), (config.GetProperty("isEnabled").GetBoolean(), config.GetProperty("backupCodes").GetArrayLength()));
        Assert.True((await LoginAsync(someone)).TryGetProperty("accessToken", out _));
    }

    [Fact]
    public void The_codes_are_those_of_the_standard() =>
        Assert.Equal("287082", Totp.CodeOf("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1));

    private async Task<(SignedIn Someone, string Secret, IReadOnlyList<string> Codes)> WithTotpAsync()
    {
        var someone = await system.RegisterAsync();
        var proposed = await system.ReadAsync(HttpMethod.Post, $"{Path}/totp/setup", null, someone.AccessToken);
        var secret = proposed.GetProperty("secret").GetString()!;
        await system.ReadAsync(HttpMethod.Post, $"{Path}/totp/enable", new { code = CodeNow(secret) }, someone.AccessToken);
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        return (someone, secret, [.. proposed.GetProperty("backupCodes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    private async Task<SignedIn> ProveAsync(SignedIn someone, string secret)
    {
        system.Clock.Advance(TimeSpan.FromSeconds(31));
        await system.ReadAsync(HttpMethod.Post, $"{Path}/verify", new { code = CodeNow(secret), method = "totp" }, someone.AccessToken);
        return someone;
    }

    private string CodeNow(string secret) => Totp.CodeOf(secret, Totp.StepAt(system.Clock.GetUtcNow()));

    private Task<HttpResponseMessage> VerifyAsync(SignedIn someone, string code, string method = "totp") =>
        system.PostAsync($"{Path}/verify", new { userId = someone.UserId, code, method });

    private async Task<JsonElement> LoginAsync(SignedIn someone, string? trusted = null)
    {
        using var client = system.ClientOf("identity");
        if (trusted is not null)
            client.DefaultRequestHeaders.Add("X-Trusted-Device", trusted);
        var body = System.Net.Http.Json.JsonContent.Create(new { email = someone.Email, password = IdentitySystem.Password });
        return await (await client.PostAsync(new Uri("/api/v1/auth/login", UriKind.Relative), body)).DataAsync();
    }
}
