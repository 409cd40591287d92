using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>CamPay's signature: an HS256 token that proves who sent a webhook but, surprisingly, says nothing of its content.</summary>
internal static class CamPaySignature
{
    private const long LifetimeSeconds = 3600;

    public static string Sign(string key, string app, DateTimeOffset now)
    {
        var issuedAt = now.ToUnixTimeSeconds();
        var header = Encode(new { alg = "HS256", app, typ = "JWT" });
        var claims = Encode(new { iat = issuedAt, nbf = issuedAt, exp = issuedAt + LifetimeSeconds, source = "CamPay" });
        var content = $"{header}.{claims}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
