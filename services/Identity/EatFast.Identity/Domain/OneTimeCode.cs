using System.Security.Cryptography;

namespace EatFast.Identity.Domain;

/// <summary>What a code proves, in the clients' own words.</summary>
public static class CodePurpose
{
    public const string Login = "login";
    public const string Verification = "verification";
    public const string ResetPassword = "resetPassword";
    public const string SecondFactor = "secondFactor";
    public const string GuestPhone = "guestPhone";
}

/// <summary>
/// Six digits sent to an address or number, good for a few minutes, five tries and one use. A row is kept for addresses that
/// belong to nobody too, so that asking and trying look the same for them.
/// </summary>
public sealed class OneTimeCode
{
    public const int MaxTries = 5;

    private OneTimeCode()
    {
    }

    public Guid Id { get; private set; }

    public Guid? UserId { get; private set; }

    /// <summary>The guest session that asked, which alone can show the code.</summary>
    public Guid? GuestId { get; private set; }

    public string Purpose { get; private set; } = null!;

    public string Channel { get; private set; } = null!;

    public byte[] AddressIndex { get; private set; } = null!;

    public byte[] CodeHash { get; private set; } = null!;

    public byte[]? TokenHash { get; private set; }

    public int Tries { get; private set; }

    public DateTimeOffset IssuedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>A keyed hash of the network range that a text message was asked for from.</summary>
    public byte[]? Origin { get; private set; }

    public static OneTimeCode Issue(
        Guid id, Guid? userId, string purpose, string channel, byte[] addressIndex, byte[] codeHash, byte[]? tokenHash,
        TimeSpan lifetime, DateTimeOffset now, byte[]? origin = null, Guid? guestId = null) => new()
        {
            Id = id,
            UserId = userId,
            GuestId = guestId,
            Purpose = purpose,
            Channel = channel,
            AddressIndex = addressIndex,
            CodeHash = codeHash,
            TokenHash = tokenHash,
            IssuedAt = now,
            ExpiresAt = now + lifetime,
            Origin = origin
        };

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && ExpiresAt > now;

    /// <summary>Counts a try; the fifth wrong one ends the code.</summary>
    public bool Accepts(byte[] codeHash, DateTimeOffset now)
    {
        if (!IsOpen(now))
            return false;
        Tries++;
        if (CryptographicOperations.FixedTimeEquals(CodeHash, codeHash))
            return true;
        if (Tries >= MaxTries)
            End(now);
        return false;
    }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
