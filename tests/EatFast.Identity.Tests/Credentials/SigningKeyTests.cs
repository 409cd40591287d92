using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using EatFast.Identity.Credentials;

namespace EatFast.Identity.Tests.Credentials;

public sealed class SigningKeyTests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "115792089210356248762697446949407573529996955224135760342422259061068512044369", CultureInfo.InvariantCulture);

    [Fact]
    public void Any_long_text_gives_a_private_key_between_1_and_the_order_of_the_curve()
    {
        for (var number = 0; number < 500; number++)
        {
            var scalar = SigningKey.PrivateScalar($"some long secret text of an operator, number {number}");

            Assert.Equal(32, scalar.Length);
            Assert.InRange(new BigInteger(scalar, isUnsigned: true, isBigEndian: true), BigInteger.One, Order - 1);
        }
    }

    [Fact]
    public void The_same_secret_gives_the_same_working_key_and_another_one_another()
    {
        const string secret = "some long secret text of an operator";
        var data = "signed here, checked there"u8.ToArray();

        var signature = SigningKey.From(secret).ECDsa.SignData(data, HashAlgorithmName.SHA256);

        Assert.True(SigningKey.From(secret).ECDsa.VerifyData(data, signature, HashAlgorithmName.SHA256));
        Assert.False(SigningKey.From(secret + "!").ECDsa.VerifyData(data, signature, HashAlgorithmName.SHA256));
        Assert.NotEqual(SigningKey.From(secret).KeyId, SigningKey.From(secret + "!").KeyId);
    }

    [Fact]
    public void Pem_one_line_pem_and_base64_of_one_key_are_the_same_key()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = ecdsa.ExportPkcs8PrivateKeyPem();

        var ids = new[] { pem, pem.Replace("\n", "\\n", StringComparison.Ordinal), Convert.ToBase64String(ecdsa.ExportPkcs8PrivateKey()) }
            .Select(secret => SigningKey.From(secret).KeyId);

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public void Base64_that_is_no_key_is_a_secret_like_any_other() =>
        Assert.NotEmpty(SigningKey.From(Convert.ToBase64String(SHA256.HashData("random"u8))).KeyId);

    [Fact]
    public void A_key_of_another_curve_stops_the_start()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        var refused = Assert.Throws<InvalidOperationException>(() => SigningKey.From(ecdsa.ExportPkcs8PrivateKeyPem()));

        Assert.Contains("P-256", refused.Message, StringComparison.Ordinal);
    }
}
