using System.Net;

namespace EatFast.Identity.Tests.Features;

public sealed class RefreshSessionTests(IdentitySystem system)
{
    private static readonly TimeSpan AfterTheGrace = TimeSpan.FromSeconds(11);

    [Fact]
    public async Task A_refresh_token_is_exchanged_for_a_new_pair_of_the_same_session()
    {
        var first = await system.RegisterAsync();

        var second = await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken));

        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
        Assert.NotEqual(first.AccessToken, second.AccessToken);
        var profile = await system.SendAsync(HttpMethod.Get, "/api/v1/auth/me", token: second.AccessToken);
        Assert.Equal(HttpStatusCode.OK, profile.StatusCode);
    }

    [Fact]
    public async Task A_token_that_was_exchanged_before_ends_the_whole_family()
    {
        var first = await system.RegisterAsync();
        var second = await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken));
        var otherDevice = await system.SignInAsync(first.Email);
        system.Clock.Advance(AfterTheGrace);

        await (await system.RefreshAsync(first.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await (await system.RefreshAsync(second.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await SignedIn.OfAsync(await system.RefreshAsync(otherDevice.RefreshToken));
    }

    [Fact]
    public async Task A_lost_answer_may_be_asked_for_again_within_ten_seconds()
    {
        var first = await system.RegisterAsync();
        var lost = await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken));

        var again = await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken));

        Assert.Equal(lost.RefreshToken, again.RefreshToken);
        await SignedIn.OfAsync(await system.RefreshAsync(again.RefreshToken));
    }

    [Fact]
    public async Task Somebody_elsewhere_has_no_grace_and_the_theft_leaves_a_trace()
    {
        var first = await system.RegisterAsync();
        var second = await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken));

        var stolen = await system.SendAsync(HttpMethod.Post, "/api/v1/auth/refresh", new { first.RefreshToken }, from: "203.0.113.77");

        await stolen.RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await (await system.RefreshAsync(second.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        Assert.Single(await system.ActionsOnAsync(first.UserId), "user.refresh_token_reused");
    }

    [Fact]
    public async Task Once_the_successor_was_used_the_old_token_is_a_theft_even_within_the_ten_seconds()
    {
        var first = await system.RegisterAsync();
        var second = await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken));
        var third = await SignedIn.OfAsync(await system.RefreshAsync(second.RefreshToken));

        await (await system.RefreshAsync(first.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        await (await system.RefreshAsync(third.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
    }

    [Fact]
    public async Task Equal_refreshes_at_once_leave_exactly_one_good_token()
    {
        var first = await system.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
            await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken))));

        var good = await system.Identity.WithDbAsync(db => Task.FromResult(db.RefreshTokens
            .Count(token => db.Sessions.Any(session => session.Id == token.SessionId && session.UserId == first.UserId)
                && token.RotatedAt == null && token.RevokedAt == null)));
        Assert.Single(answers.Select(answer => answer.RefreshToken).Distinct());
        Assert.Equal(1, good);
    }

    [Fact]
    public async Task A_session_ends_seven_days_after_its_last_refresh()
    {
        var first = await system.RegisterAsync();
        system.Clock.Advance(TimeSpan.FromDays(6));
        var second = await SignedIn.OfAsync(await system.RefreshAsync(first.RefreshToken));
        system.Clock.Advance(TimeSpan.FromDays(6));
        var third = await SignedIn.OfAsync(await system.RefreshAsync(second.RefreshToken));
        system.Clock.Advance(TimeSpan.FromDays(7));

        await (await system.RefreshAsync(third.RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task A_token_nobody_issued_is_refused(string token) =>
        await (await system.RefreshAsync(token)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");

    [Fact]
    public async Task A_missing_unstorable_or_huge_token_is_invalid()
    {
        await (await system.PostAsync("/api/v1/auth/refresh", new { })).RefusedAsync(400, "VALIDATION_ERROR");
        await (await system.RefreshAsync("a\u0000b")).RefusedAsync(400, "VALIDATION_ERROR");
        await (await system.RefreshAsync(new string('a', 5000))).RefusedAsync(400, "VALIDATION_ERROR");
    }
}
