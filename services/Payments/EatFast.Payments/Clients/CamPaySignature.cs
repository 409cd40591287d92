using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EatFast.Payments.Clients;

/// <summary>CamPay's webhook signature: an HS256 token that says who called and when, but nothing about the content of the call.</summary>
internal sealed class CamPaySignature(CamPayOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.WebhookKey);

    public bool IsGenuine(string? token)
    {
        var parts = token?.Split('.') ?? [];
        if (parts.Length != 3 || Decode(parts[2]) is not { } signature)
            return false;
        var expected = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}"));
        return CryptographicOperations.FixedTimeEquals(signature, expected)
            && Decode(parts[0]) is { } header && CamPayJson.Parse(header) is { } head && CamPayJson.Text(head, "alg") == "HS256"
            && Decode(parts[1]) is { } payload && CamPayJson.Parse(payload) is { } claims && IsCurrent(claims);
    }

    private bool IsCurrent(JsonElement claims)
    {
        var now = clock.GetUtcNow();
        return CamPayJson.Text(claims, "source") == "CamPay"
            && SecondsOf(claims, "exp") is { } end && now.ToUnixTimeSeconds() < end + Skew.TotalSeconds
            && SecondsOf(claims, "nbf") is { } start && now.ToUnixTimeSeconds() >= start - Skew.TotalSeconds;
    }

    private static long? SecondsOf(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            ? seconds
            : null;

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
