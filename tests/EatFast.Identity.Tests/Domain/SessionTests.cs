using EatFast.Identity.Domain;

namespace EatFast.Identity.Tests.Domain;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_token_is_256_random_bits_and_only_its_hash_is_kept()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out var secret);

        Assert.Equal(43, secret.Length);
        Assert.Equal(RefreshToken.HashOf(secret), session.Tokens[0].Hash);
    }

    [Theory]
    [InlineData(9.9, true)]
    [InlineData(10, false)]
    public void The_grace_for_a_lost_answer_ends_after_ten_seconds(double seconds, bool granted)
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out _);
        session.Rotate(session.Tokens[0], null, Now);

        var again = session.Rotate(session.Tokens[0], session.Tokens[1], Now.AddSeconds(seconds));

        Assert.Equal(granted, again is not null);
        Assert.Equal(granted, session.RevokedAt is null);
    }

    [Fact]
    public void The_grace_can_be_used_again_but_is_counted_from_the_first_exchange()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out _);
        session.Rotate(session.Tokens[0], null, Now);
        session.Rotate(session.Tokens[0], session.Tokens[1], Now.AddSeconds(6));

        Assert.Null(session.Rotate(session.Tokens[0], session.Tokens[2], Now.AddSeconds(12)));
        Assert.NotNull(session.RevokedAt);
    }

    [Fact]
    public void A_revoked_session_exchanges_nothing()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out _);
        session.Revoke(Now);

        Assert.Null(session.Rotate(session.Tokens[0], null, Now));
    }
}
