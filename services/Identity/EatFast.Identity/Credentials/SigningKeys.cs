using System.Security.Cryptography;
using EatFast.Security;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Identity.Credentials;

/// <summary>The key that signs now, and retired ones that stay published until the last token they signed has run out.</summary>
internal sealed class SigningKeys
{
    private readonly List<ECDsaSecurityKey> _all;

    public SigningKeys(string current, IEnumerable<string> retired)
    {
        Current = SigningKey.From(current);
        _all = retired.Select(SigningKey.From).Prepend(Current).DistinctBy(key => key.KeyId).ToList();
        Published = new KeySetView(_all.ConvertAll(KeyView.Of));
    }

    public ECDsaSecurityKey Current { get; }

    public KeySetView Published { get; }

    public static SigningKeys From(IConfiguration configuration) => new(
        configuration.RequireSecret("Security:SigningKey"),
        configuration.GetSection("Security:RetiredSigningKeys").Get<string[]>() ?? []);

    public byte[] Sign(byte[] content) => Current.ECDsa.SignData(content, HashAlgorithmName.SHA256);

    /// <summary>True when one of our keys, also a retired one, signed this.</summary>
    public bool IsSigned(string keyId, byte[] content, byte[] signature) =>
        _all.Find(key => key.KeyId == keyId)?.ECDsa.VerifyData(content, signature, HashAlgorithmName.SHA256) == true;

    /// <summary>Lets this service check tokens against its own keys instead of asking itself over HTTP.</summary>
    public IConfigurationManager<OpenIdConnectConfiguration> ForValidation()
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = Authentication.Issuer };
        foreach (var key in _all)
            configuration.SigningKeys.Add(key);
        return new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
    }
}

/// <summary>A JSON Web Key Set (RFC 7517).</summary>
internal sealed record KeySetView(IReadOnlyList<KeyView> Keys);

/// <summary>The public half of one key.</summary>
internal sealed record KeyView(string Kty, string Use, string Alg, string Crv, string Kid, string X, string Y)
{
    public static KeyView Of(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        return new("EC", "sig", SecurityAlgorithms.EcdsaSha256, "P-256", key.KeyId, x, y);
    }
}
