using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EatFast.Simulation.Outside;

/// <summary>CamPay's signature: says who calls and when, nothing about the content.</summary>
internal static class Signature
{
    private static readonly byte[] Key = "campay_webhook_test_key"u8.ToArray();

    public static string Sign(DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var head = Encode("""{"alg":"HS256","app":"eatfast","typ":"JWT"}""");
        var claims = Encode($$"""{"iat":{{seconds}},"nbf":{{seconds}},"exp":{{seconds + 3600}},"source":"CamPay"}""");
        var signature = HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
