using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EatFast.Payments.Clients;

/// <summary>Stripe's webhook signature: it covers the very bytes of the body and the time they were sent.</summary>
internal sealed class StripeSignature(StripeOptions options, TimeProvider clock)
{
    private const long ToleranceSeconds = 300;

    public bool IsGenuine(string? header, byte[] body)
    {
        if (options.WebhookSecret is not { } secret || header is null)
            return false;
        var parts = header.Split(',').Select(part => part.Trim().Split('=', 2)).Where(part => part.Length == 2).ToList();
        var time = parts.Find(part => part[0] == "t")?[1];
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var sentAt)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - sentAt) > ToleranceSeconds)
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return parts.Where(part => part[0] == "v1").Any(part => Matches(part[1], expected));
    }

    private static bool Matches(string hex, byte[] expected) =>
        hex.Length == expected.Length * 2 && hex.All(char.IsAsciiHexDigit)
        && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hex), expected);
}
