using System.Security.Cryptography;
using System.Text;
using EatFast.Identity.Domain;
using EatFast.Security;

namespace EatFast.Identity.Data.Protection;

/// <summary>The border between personal data in the clear and as stored; look-ups use keyed hashes, which show equality alone.</summary>
internal sealed class PersonalDataVault(FieldCipher cipher, string indexSecret)
{
    public const string Purpose = "identity/personal-data";
    private readonly RowVault _rows = new(cipher);
    private readonly byte[] _emailKey = Secrets.DeriveKey(indexSecret, "identity/index/users.email");
    private readonly byte[] _googleKey = Secrets.DeriveKey(indexSecret, "identity/index/users.google");
    private readonly byte[] _phoneKey = Secrets.DeriveKey(indexSecret, "identity/index/users.phone");

    public static PersonalDataVault From(IConfiguration configuration) => new(
        FieldCipher.From(configuration, Purpose), configuration.RequireSecret("Security:IndexKey"));

    /// <summary>What a key or a value starts with that needs no new seal.</summary>
    public string CurrentPrefix => cipher.CurrentPrefix;

    public string CurrentKeyId => cipher.CurrentKeyId;

    public SealedPersonalData Seal(Guid userId, PersonalData person)
    {
        var key = _rows.NewKey(Row(userId));
        return new(
            _rows.Seal(person.Email, key, Row(userId), "email"),
            _rows.Seal(person.Phone, key, Row(userId), "phone"),
            _rows.Seal(person.FirstName, key, Row(userId), "first_name"),
            _rows.Seal(person.LastName, key, Row(userId), "last_name"),
            EmailIndex(person.Email),
            // Somebody without a number must not look like everybody else without one.
            PhoneIndex(person.Phone.Length > 0 ? person.Phone : $"none|{userId}"),
            key);
    }

    public PersonalData Open(User user) => new(
        Open(user, user.Email, "email"), Open(user, user.Phone, "phone"), Open(user, user.FirstName, "first_name"),
        Open(user, user.LastName, "last_name"));

    public byte[] EmailIndex(string email) => HMACSHA256.HashData(_emailKey, Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant()));

    public byte[] PhoneIndex(string e164) => HMACSHA256.HashData(_phoneKey, Encoding.UTF8.GetBytes(e164));

    public byte[] GoogleIndex(string subject) => HMACSHA256.HashData(_googleKey, Encoding.UTF8.GetBytes(subject));

    /// <summary>Any other text about somebody, bound to its row.</summary>
    public string SealText(string text, string table, string column, Guid row) => cipher.Seal(text, $"{table}|{column}|{row}");

    public string OpenText(string stored, string table, string column, Guid row) => cipher.Open(stored, $"{table}|{column}|{row}");

    private string Open(User user, string stored, string column) => user.DataKey is { } key
        ? _rows.Open(stored, key, Row(user.Id), column)
        : cipher.Open(stored, $"users|{column}|{user.Id}");

    private static string Row(Guid userId) => $"users|{userId}";
}
