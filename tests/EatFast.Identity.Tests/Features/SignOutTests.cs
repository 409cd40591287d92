using System.Net;

namespace EatFast.Identity.Tests.Features;

public sealed class SignOutTests(IdentitySystem system)
{
    private const string Path = "/api/v1/auth/logout";

    [Fact]
    public async Task Without_a_body_the_session_of_the_access_token_ends_and_no_other()
    {
        var here = await system.RegisterAsync();
        var there = await system.SignInAsync(here.Email);

        await (await system.SendAsync(HttpMethod.Post, Path, token: here.AccessToken)).DataAsync();

        await (await system.RefreshAsync(here.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await SignedIn.OfAsync(await system.RefreshAsync(there.RefreshToken));
    }

    [Fact]
    public async Task With_a_refresh_token_its_session_ends()
    {
        var here = await system.RegisterAsync();
        var there = await system.SignInAsync(here.Email);

        await (await system.PostAsync(Path, new { refreshToken = there.RefreshToken }, here.AccessToken)).DataAsync();

        await (await system.RefreshAsync(there.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await SignedIn.OfAsync(await system.RefreshAsync(here.RefreshToken));
    }

    [Fact]
    public async Task Somebody_elses_refresh_token_is_answered_alike_and_left_alone()
    {
        var mine = await system.RegisterAsync();
        var theirs = await system.RegisterAsync();

        var response = await system.PostAsync(Path, new { refreshToken = theirs.RefreshToken }, mine.AccessToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await SignedIn.OfAsync(await system.RefreshAsync(theirs.RefreshToken));
    }

    [Fact]
    public async Task Nobody_signs_out_without_a_token() =>
        await (await system.SendAsync(HttpMethod.Post, Path)).RefusedAsync(401, "MISSING_TOKEN");
}
