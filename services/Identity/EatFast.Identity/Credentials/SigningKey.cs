using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Identity.Credentials;

/// <summary>
/// The P-256 key of a configured secret: a PEM, a base64 PKCS#8 key, or any long random text, from which the private key is
/// derived, so that every replica has the same key without sharing a file.
/// </summary>
internal static class SigningKey
{
    // The order of P-256 (FIPS 186-5): a private key is a number from 1 to this less one.
    private static readonly BigInteger Order = BigInteger.Parse(
        "00FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    public static ECDsaSecurityKey From(string secret)
    {
        var ecdsa = FromPem(secret) ?? FromPkcs8(secret) ?? Derive(secret);
        if (ecdsa.KeySize != 256)
            throw new InvalidOperationException("Security__SigningKey has to be a P-256 key: tokens are signed with ES256.");
        var key = new ECDsaSecurityKey(ecdsa);
        // The RFC 7638 thumbprint, shortened: the same key has the same name everywhere.
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint())[..16];
        return key;
    }

    private static ECDsa? FromPem(string secret)
    {
        if (!secret.Contains("-----BEGIN", StringComparison.Ordinal))
            return null;
        var ecdsa = ECDsa.Create();
        // Many tools can only set an environment variable on one line, with the line ends escaped.
        ecdsa.ImportFromPem(secret.Replace("\\n", "\n", StringComparison.Ordinal));
        return ecdsa;
    }

    private static ECDsa? FromPkcs8(string secret)
    {
        var bytes = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret, bytes, out var length))
            return null;
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportPkcs8PrivateKey(bytes.AsSpan(0, length), out _);
            return ecdsa;
        }
        catch (CryptographicException)
        {
            // Base64 that is no key is plain secret text.
            ecdsa.Dispose();
            return null;
        }
    }

    /// <summary>48 derived bytes, far more than the 32 of the key, reduced into 1..n-1: every key is about equally likely.</summary>
    internal static byte[] PrivateScalar(string secret)
    {
        var wide = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 48, info: "eatfast/es256-signing-key"u8.ToArray());
        var scalar = new BigInteger(wide, isUnsigned: true, isBigEndian: true) % (Order - 1) + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[32];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        return padded;
    }

    private static ECDsa Derive(string secret) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = PrivateScalar(secret) });
}
