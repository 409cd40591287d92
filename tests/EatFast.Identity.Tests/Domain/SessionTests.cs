using EatFast.Identity.Domain;

namespace EatFast.Identity.Tests.Domain;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Phone = [1, 2, 3];

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
        var session = Session.Start(Guid.NewGuid(), null, Now, out var secret);
        var next = session.Rotate(session.Tokens[0], secret, null, Phone, Now);

        var again = session.Rotate(session.Tokens[0], secret, session.Tokens[1], Phone, Now.AddSeconds(seconds));

        Assert.Equal(granted ? next : null, again);
        Assert.Equal(granted, session.RevokedAt is null);
    }

    [Fact]
    public void The_grace_can_be_used_again_but_is_counted_from_the_first_exchange()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out var secret);
        session.Rotate(session.Tokens[0], secret, null, Phone, Now);
        Assert.NotNull(session.Rotate(session.Tokens[0], secret, session.Tokens[1], Phone, Now.AddSeconds(6)));

        Assert.Null(session.Rotate(session.Tokens[0], secret, session.Tokens[1], Phone, Now.AddSeconds(12)));
        Assert.NotNull(session.RevokedAt);
    }

    [Fact]
    public void Another_device_has_no_grace()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out var secret);
        session.Rotate(session.Tokens[0], secret, null, Phone, Now);

        Assert.Null(session.Rotate(session.Tokens[0], secret, session.Tokens[1], [9, 9], Now.AddSeconds(1)));
        Assert.NotNull(session.RevokedAt);
    }

    [Fact]
    public void A_used_successor_keeps_no_sealed_secret()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out var secret);
        var next = session.Rotate(session.Tokens[0], secret, null, Phone, Now)!;
        Assert.NotNull(session.Tokens[1].SealedSecret);
        session.Rotate(session.Tokens[1], next, null, Phone, Now.AddSeconds(20));

        Assert.Null(session.Tokens[1].SealedSecret);
    }

    [Fact]
    public void Thirty_days_after_the_first_sign_in_the_session_ends_however_often_it_was_refreshed()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out var secret);
        for (var day = 6; day <= 24; day += 6)
            secret = session.Rotate(session.Tokens[^1], secret, null, Phone, Now.AddDays(day))!;

        Assert.NotNull(session.Rotate(session.Tokens[^1], secret, null, Phone, Now.AddDays(29)));
        Assert.Equal(Now.AddDays(30), session.ExpiresAt);
        Assert.False(session.IsLive(Now.AddDays(30)));
    }

    [Fact]
    public void A_revoked_session_exchanges_nothing()
    {
        var session = Session.Start(Guid.NewGuid(), null, Now, out var secret);
        session.Revoke(Now);

        Assert.Null(session.Rotate(session.Tokens[0], secret, null, Phone, Now));
    }
}
