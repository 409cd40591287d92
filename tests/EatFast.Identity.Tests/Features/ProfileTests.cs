using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class ProfileTests(IdentitySystem system)
{
    private const string Path = "/api/v1/users/profile";

    [Fact]
    public async Task Me_and_profile_show_the_same_account_and_me_shows_it_below_user_too()
    {
        var registered = await system.RegisterAsync();

        var me = await (await system.SendAsync(HttpMethod.Get, "/api/v1/auth/me", token: registered.AccessToken)).DataAsync();
        var profile = await (await system.SendAsync(HttpMethod.Get, Path, token: registered.AccessToken)).DataAsync();

        Assert.Equal(registered.UserId, me.GetProperty("id").GetGuid());
        Assert.True(JsonElement.DeepEquals(profile, me.GetProperty("user")));
        Assert.False(profile.TryGetProperty("user", out _));
        Assert.Equal(JsonValueKind.Number, profile.GetProperty("totalOrders").ValueKind);
    }

    [Fact]
    public async Task Only_the_given_members_change()
    {
        var registered = await system.RegisterAsync();

        var changed = await (await system.SendAsync(
            HttpMethod.Put, Path, new { firstName = " Marie-Noëlle ", language = "en" }, registered.AccessToken)).DataAsync();

        Assert.Equal("Marie-Noëlle", changed.GetProperty("firstName").GetString());
        var read = await (await system.SendAsync(HttpMethod.Get, Path, token: registered.AccessToken)).DataAsync();
        Assert.Equal("Marie-Noëlle", read.GetProperty("firstName").GetString());
        Assert.Equal("en", read.GetProperty("language").GetString());
        Assert.Equal("Ngo Bell", read.GetProperty("lastName").GetString());
        Assert.Equal(registered.Email, read.GetProperty("email").GetString());
    }

    [Theory]
    [InlineData("firstName", "")]
    [InlineData("firstName", "  ")]
    [InlineData("lastName", "a\u0000b")]
    [InlineData("city", "a\nb")]
    [InlineData("language", "xx")]
    [InlineData("role", "admin")]
    [InlineData("status", "active")]
    [InlineData("email", "no-address")]
    [InlineData("phone", "12")]
    [InlineData("preferences", "text")]
    [InlineData("loyaltyPoints", 1000)]
    public async Task A_wrong_or_foreign_member_changes_nothing(string member, object value)
    {
        var registered = await system.RegisterAsync();
        var body = new Dictionary<string, object> { ["firstName"] = "Changed", [member] = value };

        await (await system.SendAsync(HttpMethod.Put, Path, body, registered.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");

        var read = await (await system.SendAsync(HttpMethod.Get, Path, token: registered.AccessToken)).DataAsync();
        foreach (var unchanged in new[] { "firstName", "lastName", "city", "language", "role", "status", "email", "loyaltyPoints" })
            Assert.Equal(registered.User.GetProperty(unchanged).ToString(), read.GetProperty(unchanged).ToString());
    }

    [Fact]
    public async Task A_token_that_outlives_its_erased_account_reads_and_writes_nothing()
    {
        var someone = await system.RegisterAsync();
        var now = system.Clock.GetUtcNow();
        await system.Identity.WithDbAsync(db => db.Users.Where(user => user.Id == someone.UserId)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.ErasedAt, now)));

        await (await system.SendAsync(HttpMethod.Put, Path, new { firstName = "Back" }, someone.AccessToken)).RefusedAsync(404, "USER_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Get, Path, token: someone.AccessToken)).RefusedAsync(404, "USER_NOT_FOUND");
        await (await system.PostAsync("/api/v1/users/addresses", new { address = "Rue Joss" }, someone.AccessToken)).RefusedAsync(404, "USER_NOT_FOUND");
    }

    [Fact]
    public async Task A_profile_needs_a_token_that_is_whole_and_current()
    {
        var registered = await system.RegisterAsync();
        var tampered = registered.AccessToken[..^4] + "AAAA";

        await (await system.SendAsync(HttpMethod.Get, Path)).RefusedAsync(401, "MISSING_TOKEN");
        await (await system.SendAsync(HttpMethod.Get, Path, token: tampered)).RefusedAsync(401, "INVALID_TOKEN");
        await (await system.SendAsync(HttpMethod.Get, Path, token: system.Tokens.For(registered.UserId, "admin", system.Clock.GetUtcNow())))
            .RefusedAsync(401, "INVALID_TOKEN");
        system.Clock.Advance(TimeSpan.FromMinutes(17));
        await (await system.SendAsync(HttpMethod.Get, Path, token: registered.AccessToken)).RefusedAsync(401, "INVALID_TOKEN");
    }
}
