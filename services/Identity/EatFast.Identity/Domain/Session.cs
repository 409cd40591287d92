namespace EatFast.Identity.Domain;

/// <summary>
/// One signed-in device: a family of refresh tokens of which only the newest is good. An older one that turns up again
/// was stolen from one side or the other, so it ends the whole family.
/// </summary>
public sealed class Session
{
    public const int MaxPerUser = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan LostAnswerGrace = TimeSpan.FromSeconds(10);
    private readonly List<RefreshToken> _tokens = [];

    private Session()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>A keyed hash of where it signed in from; that place is known from then on.</summary>
    public byte[]? Device { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>When this device last showed a second factor; what weakens the account's protection needs a fresh one.</summary>
    public DateTimeOffset? ProvenAt { get; private set; }

    public IReadOnlyList<RefreshToken> Tokens => _tokens;

    public static Session Start(Guid userId, byte[]? device, DateTimeOffset now, out string secret)
    {
        var session = new Session { Id = Guid.CreateVersion7(now), UserId = userId, Device = device, CreatedAt = now };
        secret = session.Issue(now).Secret;
        return session;
    }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && ExpiresAt > now;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    /// <summary>
    /// Exchanges a token for the next one; null when it is no longer good, in which case the session may have been revoked.
    /// A token whose answer was lost may be shown once more within 10 s by the device that exchanged it, while its successor is
    /// unused: the answer is that same successor, so there is never more than one good token and no repeat ends another's.
    /// </summary>
    public string? Rotate(RefreshToken presented, string secret, RefreshToken? successor, byte[] device, DateTimeOffset now)
    {
        if (!IsLive(now) || presented.ExpiresAt <= now)
            return null;
        if (presented.IsUnused)
        {
            var (token, next) = Issue(now);
            presented.ReplaceBy(token, secret, next, device, now);
            return next;
        }
        if (presented.WasExchangedBy(device) && presented.RotatedAt + LostAnswerGrace > now && successor is { IsUnused: true })
            return successor.Reopen(secret);
        Revoke(now);
        return null;
    }

    private (RefreshToken Token, string Secret) Issue(DateTimeOffset now)
    {
        // Who keeps coming back stays signed in, but not for ever: a stolen token that is used quietly ends too.
        ExpiresAt = now + Lifetime < CreatedAt + LongestLifetime ? now + Lifetime : CreatedAt + LongestLifetime;
        var issued = RefreshToken.Issue(Id, now, ExpiresAt);
        _tokens.Add(issued.Token);
        return issued;
    }
}
