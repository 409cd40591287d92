using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Security;

namespace EatFast.Testing;

/// <summary>Access tokens that have to be refused, each for one reason; some are signed with the real key, to prove the other checks.</summary>
public sealed class ForgedTokens(ECDsa realKey, string keyId, Guid userId, DateTimeOffset now)
{
    private static readonly string[] _unknownCritical = ["exp2"];
    private static readonly string[] _unencodedCritical = ["b64"];
    private readonly ECDsa _ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public IReadOnlyDictionary<string, string> All => new Dictionary<string, string>
    {
        ["alg none"] = Unsigned("none"),
        ["alg None"] = Unsigned("None"),
        ["alg nOnE with a signature"] = Unsigned("nOnE") + "AAAA",
        ["HMAC with the public key as PEM"] = Hmac(Header("HS256"), Encoding.UTF8.GetBytes(realKey.ExportSubjectPublicKeyInfoPem())),
        ["HMAC with the public key as DER"] = Hmac(Header("HS256"), realKey.ExportSubjectPublicKeyInfo()),
        ["HMAC with the public point"] = Hmac(Header("HS256"), realKey.ExportParameters(false).Q.X!),
        ["HMAC with an empty key"] = Hmac(Header("HS256"), []),
        ["RSA of our own"] = Rsa(),
        ["another key under the real name"] = Signed(_ownKey, Header("ES256")),
        ["another key under its own name"] = Signed(_ownKey, Header("ES256", ("kid", "mine"))),
        ["another key without a name"] = Signed(_ownKey, Header("ES256", ("kid", null))),
        ["a path as the key's name"] = Hmac(Header("HS256", ("kid", "../../../../../dev/null")), []),
        ["SQL as the key's name"] = Hmac(Header("HS256", ("kid", "x' UNION SELECT 'secret")), "secret"u8.ToArray()),
        ["a key to be fetched from elsewhere (jku)"] = Signed(_ownKey, Header("ES256", ("jku", "https://evil.example/jwks.json"))),
        ["a certificate to be fetched (x5u)"] = Signed(_ownKey, Header("ES256", ("x5u", "https://evil.example/c.pem"))),
        ["a key that comes along (jwk)"] = Signed(_ownKey, Header("ES256", ("jwk", OwnJwk()))),
        ["critical headers nobody knows"] = Signed(realKey, Header("ES256", ("crit", _unknownCritical), ("exp2", 1))),
        ["an unencoded payload (b64)"] = Signed(realKey, Header("ES256", ("crit", _unencodedCritical), ("b64", false))),
        ["another curve's algorithm"] = Signed(realKey, Header("ES384")),
        ["expired"] = Signed(realKey, Header("ES256"), ("exp", Seconds(now.AddSeconds(-61))), ("nbf", Seconds(now.AddHours(-1)))),
        ["without an end"] = Signed(realKey, Header("ES256"), ("exp", null)),
        ["not good yet"] = Signed(realKey, Header("ES256"), ("nbf", Seconds(now.AddSeconds(75)))),
        ["of another issuer"] = Signed(realKey, Header("ES256"), ("iss", "https://api.eatfast.cm.evil.example")),
        ["for another audience"] = Signed(realKey, Header("ES256"), ("aud", "eatfast-staging")),
        ["of another kind"] = Signed(realKey, Header("ES256", ("typ", "JWT"))),
        ["with a changed role"] = Tampered(),
        ["with its signature cut off"] = Good()[..(Good().LastIndexOf('.') + 1)],
        ["with a signature of zeros"] = Good()[..(Good().LastIndexOf('.') + 1)] + Base64Url.EncodeToString(new byte[64])
    };

    /// <summary>The same maker's good token: what is refused above is refused for its one reason.</summary>
    public string Good(string role = Roles.Customer) => Signed(realKey, Header("ES256"), ("role", role));

    private Dictionary<string, object?> Header(string algorithm, params (string Name, object? Value)[] changes) =>
        Merge(new() { ["alg"] = algorithm, ["typ"] = Authentication.TokenType, ["kid"] = keyId }, changes);

    private Dictionary<string, object?> Claims(params (string Name, object? Value)[] changes) => Merge(
        new()
        {
            ["iss"] = Authentication.Issuer,
            ["aud"] = Authentication.Audience,
            ["sub"] = userId.ToString(),
            ["role"] = Roles.Customer,
            ["iat"] = Seconds(now),
            ["nbf"] = Seconds(now),
            ["exp"] = Seconds(now.AddMinutes(15))
        }, changes);

    private string Signed(ECDsa key, Dictionary<string, object?> header, params (string Name, object? Value)[] changes)
    {
        var content = Content(header, Claims(changes));
        return $"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    private string Unsigned(string algorithm) => $"{Content(Header(algorithm), Claims())}.";

    private string Hmac(Dictionary<string, object?> header, byte[] key)
    {
        var content = Content(header, Claims());
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content)))}";
    }

    private string Rsa()
    {
        using var rsa = RSA.Create(2048);
        var content = Content(Header("RS256"), Claims());
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private string Tampered()
    {
        var parts = Good().Split('.');
        return $"{parts[0]}.{Part(Claims(("role", Roles.Admin)))}.{parts[2]}";
    }

    private Dictionary<string, string> OwnJwk()
    {
        var point = _ownKey.ExportParameters(includePrivateParameters: false).Q;
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    private static string Content(Dictionary<string, object?> header, Dictionary<string, object?> claims) => $"{Part(header)}.{Part(claims)}";

    private static string Part(Dictionary<string, object?> members) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));

    private static Dictionary<string, object?> Merge(Dictionary<string, object?> members, (string Name, object? Value)[] changes)
    {
        foreach (var (name, value) in changes)
            if (value is null)
                members.Remove(name);
            else
                members[name] = value;
        return members;
    }

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
