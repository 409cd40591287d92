using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EatFast.Security;

namespace EatFast.Identity.Domain;

/// <summary>One link in a session's chain of refresh tokens; the secret itself is handed out once and only its hash is kept.</summary>
public sealed class RefreshToken
{
    private RefreshToken()
    {
    }

    public Guid Id { get; private set; }

    public Guid SessionId { get; private set; }

    public byte[] Hash { get; private set; } = null!;

    public DateTimeOffset IssuedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RotatedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>A keyed hash of the device that exchanged it.</summary>
    public byte[]? RotatedBy { get; private set; }

    /// <summary>This token's own secret, under a key that only its predecessor's secret gives, until it is used itself.</summary>
    public string? SealedSecret { get; private set; }

    public Guid? SuccessorId { get; private set; }

    /// <summary>Neither exchanged nor taken back.</summary>
    public bool IsUnused => RotatedAt is null && RevokedAt is null;

    /// <summary>256 random bits, which need no slow hash: there is nothing to guess.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    internal static (RefreshToken Token, string Secret) Issue(Guid sessionId, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var secret = NewSecret();
        var token = new RefreshToken
        {
            Id = Guid.CreateVersion7(now),
            SessionId = sessionId,
            Hash = HashOf(secret),
            IssuedAt = now,
            ExpiresAt = expiresAt
        };
        return (token, secret);
    }

    internal void ReplaceBy(RefreshToken successor, string secret, string next, byte[] device, DateTimeOffset now)
    {
        (RotatedAt, RotatedBy, SuccessorId, SealedSecret) = (now, device, successor.Id, null);
        successor.SealedSecret = SealedBy(secret).Seal(next, successor.Place);
    }

    internal bool WasExchangedBy(byte[] device) =>
        RevokedAt is null && RotatedBy is { } known && CryptographicOperations.FixedTimeEquals(known, device);

    internal string? Reopen(string predecessor) => SealedSecret is { } kept ? SealedBy(predecessor).Open(kept, Place) : null;

    private string Place => $"refresh_tokens|sealed_secret|{Id}";

    private static FieldCipher SealedBy(string secret) => new("identity/refresh-successor", secret, []);
}
