using System.Security.Cryptography;
using System.Text;
using EatFast.Identity.Domain;
using EatFast.Security;

namespace EatFast.Identity.Data.Protection;

/// <summary>The border between personal data in the clear and as stored; look-ups use keyed hashes, which show equality alone.</summary>
internal sealed class PersonalDataVault(FieldCipher cipher, string indexSecret)
{
    public const string Purpose = "identity/personal-data";
    private readonly byte[] _emailKey = Secrets.DeriveKey(indexSecret, "identity/index/users.email");
    private readonly byte[] _phoneKey = Secrets.DeriveKey(indexSecret, "identity/index/users.phone");

    public static PersonalDataVault From(IConfiguration configuration) => new(
        FieldCipher.From(configuration, Purpose), configuration.RequireSecret("Security:IndexKey"));

    /// <summary>What a value starts with that needs no new seal.</summary>
    public string CurrentPrefix => cipher.CurrentPrefix;

    public string CurrentKeyId => cipher.CurrentKeyId;

    public SealedPersonalData Seal(Guid userId, PersonalData person) => new(
        cipher.Seal(person.Email, Place("email", userId)),
        cipher.Seal(person.Phone, Place("phone", userId)),
        cipher.Seal(person.FirstName, Place("first_name", userId)),
        cipher.Seal(person.LastName, Place("last_name", userId)),
        EmailIndex(person.Email),
        // Somebody without a number must not look like everybody else without one.
        PhoneIndex(person.Phone.Length > 0 ? person.Phone : $"none|{userId}"));

    public PersonalData Open(User user) => new(
        cipher.Open(user.Email, Place("email", user.Id)),
        cipher.Open(user.Phone, Place("phone", user.Id)),
        cipher.Open(user.FirstName, Place("first_name", user.Id)),
        cipher.Open(user.LastName, Place("last_name", user.Id)));

    public byte[] EmailIndex(string email) => HMACSHA256.HashData(_emailKey, Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant()));

    public byte[] PhoneIndex(string e164) => HMACSHA256.HashData(_phoneKey, Encoding.UTF8.GetBytes(e164));

    /// <summary>Any other text about somebody, bound to its row.</summary>
    public string SealText(string text, string table, string column, Guid row) => cipher.Seal(text, $"{table}|{column}|{row}");

    public string OpenText(string stored, string table, string column, Guid row) => cipher.Open(stored, $"{table}|{column}|{row}");

    private static string Place(string column, Guid userId) => $"users|{column}|{userId}";
}
