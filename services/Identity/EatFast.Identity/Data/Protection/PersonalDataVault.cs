using System.Security.Cryptography;
using System.Text;
using EatFast.Identity.Domain;
using EatFast.Security;

namespace EatFast.Identity.Data.Protection;

/// <summary>The border between personal data in the clear and as stored; look-ups use keyed hashes, which show equality alone.</summary>
internal sealed class PersonalDataVault(string encryptionSecret, string indexSecret, IEnumerable<string> retiredSecrets)
{
    private readonly FieldCipher _cipher = new(EncryptionKey(encryptionSecret), retiredSecrets.Select(EncryptionKey));
    private readonly byte[] _emailKey = Secrets.DeriveKey(indexSecret, "identity/index/users.email");
    private readonly byte[] _phoneKey = Secrets.DeriveKey(indexSecret, "identity/index/users.phone");

    public static PersonalDataVault From(IConfiguration configuration) => new(
        configuration.RequireSecret("Security:EncryptionKey"),
        configuration.RequireSecret("Security:IndexKey"),
        configuration.GetSection("Security:RetiredEncryptionKeys").Get<string[]>() ?? []);

    public SealedPersonalData Seal(Guid userId, PersonalData person) => new(
        _cipher.Seal(person.Email, Place("email", userId)),
        _cipher.Seal(person.Phone, Place("phone", userId)),
        _cipher.Seal(person.FirstName, Place("first_name", userId)),
        _cipher.Seal(person.LastName, Place("last_name", userId)),
        EmailIndex(person.Email),
        PhoneIndex(person.Phone));

    public PersonalData Open(User user) => new(
        _cipher.Open(user.Email, Place("email", user.Id)),
        _cipher.Open(user.Phone, Place("phone", user.Id)),
        _cipher.Open(user.FirstName, Place("first_name", user.Id)),
        _cipher.Open(user.LastName, Place("last_name", user.Id)));

    public byte[] EmailIndex(string email) => HMACSHA256.HashData(_emailKey, Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant()));

    public byte[] PhoneIndex(string e164) => HMACSHA256.HashData(_phoneKey, Encoding.UTF8.GetBytes(e164));

    private static string Place(string column, Guid userId) => $"users|{column}|{userId}";

    private static byte[] EncryptionKey(string secret) => Secrets.DeriveKey(secret, "identity/personal-data");
}
