using System.Net;
using System.Net.Http.Json;
using EatFast.Security;
using EatFast.Testing;

namespace EatFast.Identity.Tests.Features;

public sealed class RevocationTests(IdentitySystem system)
{
    [Fact]
    public async Task Signing_out_everywhere_ends_every_device_and_every_token_in_hand()
    {
        var here = await system.RegisterAsync();
        var elsewhere = await system.SignInAsync(here.Email);

        var ended = await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/logout-all", null, here.AccessToken);

        Assert.Equal(2, ended.GetProperty("sessionsEnded").GetInt32());
        await (await system.RefreshAsync(here.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        foreach (var device in new[] { here, elsewhere })
            await Eventually.AsTrue(async () => await StatusOfAsync(device.AccessToken) == HttpStatusCode.Unauthorized, "the token is refused");
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync((await system.SignInAsync(here.Email)).AccessToken));
    }

    [Fact]
    public async Task Signing_out_one_device_ends_its_token_and_no_other()
    {
        var here = await system.RegisterAsync();
        var elsewhere = await system.SignInAsync(here.Email);

        await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/logout", null, here.AccessToken);

        await Eventually.AsTrue(async () => await StatusOfAsync(here.AccessToken) == HttpStatusCode.Unauthorized, "the token is refused");
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(elsewhere.AccessToken));
    }

    [Fact]
    public async Task Neighbours_are_told_what_is_new_since_they_last_asked()
    {
        var someone = await system.RegisterAsync();
        var before = await ListAsync(null);
        system.Clock.Advance(TimeSpan.FromSeconds(1));
        await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/logout-all", null, someone.AccessToken);

        var news = await ListAsync(before.Until);

        Assert.Equal(1, Assert.Single(news.Users, user => user.Id == someone.UserId).MinimumVersion);
        Assert.DoesNotContain((await ListAsync(system.Clock.GetUtcNow().AddSeconds(1))).Users, user => user.Id == someone.UserId);
        system.Clock.Advance(Revocations.Memory + TimeSpan.FromSeconds(1));
        Assert.DoesNotContain((await ListAsync(null)).Users, user => user.Id == someone.UserId);
    }

    private async Task<RevocationList> ListAsync(DateTimeOffset? since)
    {
        using var client = system.ClientOf("identity");
        var query = since is { } from ? $"?since={Uri.EscapeDataString(from.ToString("O"))}" : "";
        return (await client.GetFromJsonAsync<RevocationList>(new Uri($"/internal/revocations{query}", UriKind.Relative)))!;
    }

    private async Task<HttpStatusCode> StatusOfAsync(string token) =>
        (await system.SendAsync(HttpMethod.Get, "/api/v1/auth/me", token: token)).StatusCode;
}
