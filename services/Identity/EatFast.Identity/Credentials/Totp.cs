using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EatFast.Identity.Credentials;

/// <summary>Codes of authenticator apps (RFC 6238): six digits of 30 seconds, one step early or late.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>160 bits as people type them: base32.</summary>
    public static string NewSecret()
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        var secret = new StringBuilder(32);
        foreach (var value in random)
            secret.Append(Alphabet[value % 32]);
        return secret.ToString();
    }

    public static string UriOf(string secret, string account) =>
        $"otpauth://totp/EatFast:{Uri.EscapeDataString(account)}"
        + $"?secret={secret}&issuer=EatFast&algorithm=SHA1&digits=6&period={StepSeconds}";

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step whose code this is; null when it is none, or one of a step that was used already.</summary>
    public static long? Match(string secret, string code, long lastUsed, DateTimeOffset now)
    {
        var current = StepAt(now);
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
            if (AreEqual(CodeOf(secret, step), code) && step > lastUsed)
                found = step;
        return found;
    }

    private static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 and every authenticator app use HMAC-SHA-1, which is not broken.")]
    public static string CodeOf(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(Decode(secret), counter);
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        var (buffer, bits, index) = (0, 0, 0);
        foreach (var letter in secret)
        {
            buffer = (buffer << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes[index++] = (byte)(buffer >> bits);
            buffer &= (1 << bits) - 1;
        }
        return bytes;
    }
}
