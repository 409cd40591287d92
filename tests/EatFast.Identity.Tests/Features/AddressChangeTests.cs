using System.Text.Json;
using EatFast.Identity.Contracts;

namespace EatFast.Identity.Tests.Features;

public sealed class AddressChangeTests(IdentitySystem system)
{
    private const string Profile = "/api/v1/users/profile";

    [Fact]
    public async Task The_older_clients_members_are_taken_and_kept_for_the_person()
    {
        var someone = await system.RegisterAsync();
        var body = new { name = "Marie Claire Ebogo", bio = "Ndolé d'abord", preferences = new { darkMode = true } };

        await system.ReadAsync(HttpMethod.Put, Profile, body, someone.AccessToken);
        await system.ReadAsync(HttpMethod.Put, Profile, new { city = "kribi" }, someone.AccessToken);

        var read = await system.GetAsync(Profile, someone.AccessToken);
        Assert.Equal(("Marie", "Claire Ebogo"), (read.GetProperty("firstName").GetString(), read.GetProperty("lastName").GetString()));
        Assert.Equal("Ndolé d'abord", read.GetProperty("bio").GetString());
        Assert.True(read.GetProperty("preferences").GetProperty("darkMode").GetBoolean());
        foreach (var absent in new[] { "location", "twoFactorMethod", "googleId", "appleId", "pushToken", "referralCode", "referredBy" })
            Assert.Equal(JsonValueKind.Null, read.GetProperty(absent).ValueKind);
    }

    [Fact]
    public async Task Another_address_counts_once_its_code_came_back()
    {
        var someone = await system.RegisterAsync();
        var email = $"new{Guid.NewGuid():N}@example.cm";

        var asked = await system.ReadAsync(HttpMethod.Put, Profile, new { email }, someone.AccessToken);
        var (code, _) = await system.CodeForAsync(someone.UserId, "verification");
        await (await system.PostAsync("/api/v1/auth/verify-email", new { email, code })).DataAsync();

        Assert.Equal(someone.Email, asked.GetProperty("email").GetString());
        Assert.Equal(email, (await system.SignInAsync(email)).Email);
        await (await system.PostAsync("/api/v1/auth/login", new { email = someone.Email, password = IdentitySystem.Password }))
            .RefusedAsync(401, "INVALID_CREDENTIALS");
        Assert.Contains("user.email_changed", await system.ActionsOnAsync(someone.UserId));
    }

    [Fact]
    public async Task Somebody_without_a_number_adds_one_by_its_code()
    {
        var idToken = await system.Google.TokenAsync(new { sub = $"{Random.Shared.NextInt64(long.MaxValue)}", email = $"g{Guid.NewGuid():N}@gmail.com" });
        var someone = await SignedIn.OfAsync(await system.PostAsync("/api/v1/auth/google", new { idToken }));
        var phone = (string)IdentitySystem.ANewPerson()["phone"]!;

        await system.ReadAsync(HttpMethod.Put, Profile, new { phone }, someone.AccessToken);
        var (code, _) = await system.CodeForAsync(someone.UserId, "verification");
        var body = new { destination = phone, code, type = "verification" };
        await (await system.PostAsync("/api/v1/auth/verify-otp", body, (await system.RegisterAsync()).AccessToken)).RefusedAsync(400, "INVALID_CODE");
        var proven = await (await system.PostAsync("/api/v1/auth/verify-otp", body, someone.AccessToken)).DataAsync();

        Assert.Equal((phone, true), (
            proven.GetProperty("user").GetProperty("phone").GetString(), proven.GetProperty("user").GetProperty("phoneVerified").GetBoolean()));
    }

    [Fact]
    public async Task What_another_account_has_is_refused_also_when_it_was_faster()
    {
        var (someone, other) = (await system.RegisterAsync(), IdentitySystem.ANewPerson());
        var email = (string)other["email"]!;
        await system.ReadAsync(HttpMethod.Put, Profile, new { email }, someone.AccessToken);
        var (code, _) = await system.CodeForAsync(someone.UserId, "verification");
        await system.RegisterAsync(other);

        await (await system.SendAsync(HttpMethod.Put, Profile, new { email }, someone.AccessToken)).RefusedAsync(409, "EMAIL_ALREADY_EXISTS");
        await (await system.SendAsync(HttpMethod.Put, Profile, new { phone = other["phone"] }, someone.AccessToken)).RefusedAsync(409, "PHONE_ALREADY_EXISTS");
        var late = await system.PostAsync("/api/v1/auth/verify-email", new { email, code });

        Assert.False(late.IsSuccessStatusCode);
        Assert.Equal(someone.Email, (await system.GetAsync(Profile, someone.AccessToken)).GetProperty("email").GetString());
    }

    [Fact]
    public async Task The_same_address_again_asks_for_nothing()
    {
        var someone = await system.RegisterAsync();
        var before = (await system.Identity.AnnouncedAsync<CodeIssued>()).Count;

        await system.ReadAsync(HttpMethod.Put, Profile, new { email = someone.Email }, someone.AccessToken);

        Assert.Equal(before, (await system.Identity.AnnouncedAsync<CodeIssued>()).Count);
    }
}
