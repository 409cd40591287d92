using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EatFast.Identity.Contracts;
using EatFast.Security;

namespace EatFast.Identity.Data.Protection;

/// <summary>
/// Makes one-time codes and keeps them from everybody but their reader: hashed with a key at rest (six digits alone are
/// guessed in no time), sealed on their way to the sender.
/// </summary>
internal sealed class CodeVault(FieldCipher cipher, string indexSecret)
{
    private readonly byte[] _codeKey = Secrets.DeriveKey(indexSecret, "identity/one-time-codes");
    private readonly byte[] _placeKey = Secrets.DeriveKey(indexSecret, "identity/sign-in-places");

    public static CodeVault From(IConfiguration configuration) => new(
        FieldCipher.From(configuration, CodeSeal.Purpose), configuration.RequireSecret("Security:IndexKey"));

    public static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    public byte[] HashOf(Guid codeId, string code) => HMACSHA256.HashData(_codeKey, Encoding.UTF8.GetBytes($"{codeId}|{code}"));

    /// <summary>Of an address, a device or an account that somebody tries to sign in to.</summary>
    public byte[] HashOfPlace(string kind, string place) => HMACSHA256.HashData(_placeKey, Encoding.UTF8.GetBytes($"{kind}|{place}"));

    public string Seal(string value, string member, Guid codeId) => cipher.Seal(value, CodeSeal.Place(member, codeId));
}
