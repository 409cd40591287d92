using System.Security.Cryptography;
using EatFast.Errors;

namespace EatFast.Identity.Domain;

/// <summary>
/// Somebody who orders without an account. The client holds a secret of which only the hash is kept; neighbours know the guest
/// by an id that opens nothing, and that becomes an account's when the guest makes one.
/// </summary>
public sealed class GuestSession
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private GuestSession()
    {
    }

    public Guid Id { get; private set; }

    public byte[] SecretHash { get; private set; } = null!;

    public string Language { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public Guid? ConvertedTo { get; private set; }

    /// <summary>A keyed hash of the last number that was proven in this session.</summary>
    public byte[]? PhoneIndex { get; private set; }

    public DateTimeOffset? PhoneProvenAt { get; private set; }

    public static GuestSession Start(byte[] secretHash, string language, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        SecretHash = secretHash,
        Language = language,
        CreatedAt = now,
        ExpiresAt = now + Lifetime
    };

    public bool IsLive(DateTimeOffset now) => ConvertedTo is null && ExpiresAt > now;

    public bool HasProven(byte[] phoneIndex) => PhoneIndex is { } proven && CryptographicOperations.FixedTimeEquals(proven, phoneIndex);

    /// <summary>Refuses with GUEST_SESSION_EXPIRED.</summary>
    public void ProvePhone(byte[] phoneIndex, DateTimeOffset now)
    {
        if (!IsLive(now))
            throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
        (PhoneIndex, PhoneProvenAt) = (phoneIndex, now);
    }

    /// <summary>Refuses with GUEST_ALREADY_CONVERTED or GUEST_SESSION_EXPIRED.</summary>
    public void ConvertTo(Guid userId, DateTimeOffset now)
    {
        if (ConvertedTo is not null)
            throw new RuleViolatedException("GUEST_ALREADY_CONVERTED");
        if (!IsLive(now))
            throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
        ConvertedTo = userId;
    }
}
