using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace EatFast.ProviderSimulator.Providers.Google;

/// <summary>Signs id tokens as Google does, RS256 with a key that is published; a change of keys leaves the old one published too.</summary>
internal sealed class GoogleAccounts(TimeProvider clock) : IDisposable
{
    public const string TestClientId = "eatfast-test.apps.googleusercontent.com";
    private readonly Lock _gate = new();
    private readonly List<(string Id, RSA Key)> _keys = [NewKey()];

    public object Published()
    {
        lock (_gate)
            return new { keys = _keys.ConvertAll(Describe) };
    }

    public void Rotate()
    {
        lock (_gate)
            _keys.Add(NewKey());
    }

    /// <summary>A token of the newest key; members replace the usual ones, also with values that Google would never sign.</summary>
    public string Sign(IReadOnlyDictionary<string, JsonElement> members)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = "https://accounts.google.com",
            ["aud"] = TestClientId,
            ["sub"] = "100000000000000000001",
            ["email"] = "somebody@gmail.com",
            ["email_verified"] = true,
            ["iat"] = now,
            ["exp"] = now + 3600
        };
        foreach (var (name, value) in members)
            claims[name] = value;
        lock (_gate)
        {
            var (id, key) = _keys[^1];
            var text = $"{Part(new { alg = "RS256", kid = id, typ = "JWT" })}.{Part(claims)}";
            var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{text}.{Base64Url.EncodeToString(signature)}";
        }
    }

    private static (string, RSA) NewKey() => (Guid.NewGuid().ToString("N"), RSA.Create(2048));

    private static object Describe((string Id, RSA Key) key)
    {
        var numbers = key.Key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = key.Id,
            n = Base64Url.EncodeToString(numbers.Modulus),
            e = Base64Url.EncodeToString(numbers.Exponent)
        };
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    public void Dispose() => _keys.ForEach(key => key.Key.Dispose());
}
