using EatFast.Identity.Features;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class ForgetEndedSessionsTests(IdentitySystem system)
{
    [Fact]
    public async Task Sessions_go_with_their_tokens_a_day_after_they_ran_out_and_live_ones_stay()
    {
        var old = await system.RegisterAsync();
        system.Clock.Advance(TimeSpan.FromDays(8) + TimeSpan.FromMinutes(1));
        var live = await system.RegisterAsync();

        await system.Identity.WithDbAsync(async db =>
        {
            await new ForgetEndedSessions(db, system.Clock).RunAsync(CancellationToken.None);
            return true;
        });

        Assert.Equal((0, 0), await CountAsync(old.UserId));
        Assert.Equal((1, 1), await CountAsync(live.UserId));
    }

    private Task<(int Sessions, int Tokens)> CountAsync(Guid userId) => system.Identity.WithDbAsync(async db => (
        await db.Sessions.CountAsync(session => session.UserId == userId),
        await db.Sessions.Where(session => session.UserId == userId).SelectMany(session => session.Tokens).CountAsync()));
}
