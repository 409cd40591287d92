using System.Globalization;
using System.Text;

namespace EatFast.Identity.Domain;

/// <summary>How far the audit log reached and with which hash, signed: who can write the tables cannot make another history.</summary>
public sealed class AuditHead
{
    private AuditHead()
    {
    }

    public long Number { get; private set; }

    public byte[] Hash { get; private set; } = null!;

    public DateTimeOffset SignedAt { get; private set; }

    public string KeyId { get; private set; } = null!;

    public byte[] Signature { get; private set; } = null!;

    public static AuditHead Sign(AuditEntry entry, string keyId, Func<byte[], byte[]> sign, DateTimeOffset now)
    {
        var head = new AuditHead { Number = entry.Number, Hash = entry.Hash, SignedAt = now, KeyId = keyId };
        head.Signature = sign(head.SignedContent());
        return head;
    }

    /// <summary>One line of the copy outside the database.</summary>
    public string ToAnchor() => string.Create(
        CultureInfo.InvariantCulture, $"{Number} {Convert.ToHexStringLower(Hash)} {KeyId} {Convert.ToHexStringLower(Signature)}");

    /// <summary>The line read back; null when it is none.</summary>
    public static AuditHead? FromAnchor(string line) =>
        line.Split(' ') is [var number, { Length: 64 } hash, var keyId, { Length: 128 } signature]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            && hash.All(char.IsAsciiHexDigit) && signature.All(char.IsAsciiHexDigit)
            ? new AuditHead
            {
                Number = parsed,
                Hash = Convert.FromHexString(hash),
                KeyId = keyId,
                Signature = Convert.FromHexString(signature)
            }
            : null;

    public byte[] SignedContent() =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"eatfast-audit|{Number}|{Convert.ToHexStringLower(Hash)}"));
}
