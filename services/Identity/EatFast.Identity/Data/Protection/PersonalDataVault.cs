using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Identity.Domain;
using EatFast.Security;

namespace EatFast.Identity.Data.Protection;

/// <summary>The border between personal data in the clear and as stored; look-ups use keyed hashes, which show equality alone.</summary>
internal sealed class PersonalDataVault(FieldCipher cipher, string indexSecret)
{
    public const string Purpose = "identity/personal-data";
    /// <summary>Starts what the account's own key sealed; what lacks it is from before and waits to be sealed anew.</summary>
    public const string Own = "own|";
    private readonly RowVault _rows = new(cipher);
    private readonly byte[] _emailKey = Secrets.DeriveKey(indexSecret, "identity/index/users.email");
    private readonly byte[] _googleKey = Secrets.DeriveKey(indexSecret, "identity/index/users.google");
    private readonly byte[] _phoneKey = Secrets.DeriveKey(indexSecret, "identity/index/users.phone");
    private readonly byte[] _submissionKey = Secrets.DeriveKey(indexSecret, "identity/index/submissions");

    public static PersonalDataVault From(IConfiguration configuration) => new(
        FieldCipher.From(configuration, Purpose), configuration.RequireSecret("Security:IndexKey"));

    /// <summary>What a key or a value starts with that needs no new seal.</summary>
    public string CurrentPrefix => cipher.CurrentPrefix;

    public string CurrentKeyId => cipher.CurrentKeyId;

    /// <summary>What rests of somebody.</summary>
    /// <param name="userId">Whose row it is.</param>
    /// <param name="person">What to seal.</param>
    /// <param name="dataKey">The account's own key, which opens more than this; null for a new one.</param>
    public SealedPersonalData Seal(Guid userId, PersonalData person, string? dataKey = null)
    {
        var key = dataKey ?? _rows.NewKey(Row(userId));
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

    public string? OpenPendingEmail(User user) => user.PendingEmail is { } sealedText ? Open(user, sealedText, "pending_email") : null;

    public string? OpenPendingPhone(User user) => user.PendingPhone is { } sealedText ? Open(user, sealedText, "pending_phone") : null;

    public string? OpenExtras(User user) => user.Extras is { } sealedText ? Open(user, sealedText, "extras") : null;

    /// <summary>Any other value of the account's own row; the row has to be sealed with a key of its own already.</summary>
    public string SealValue(User user, string value, string column) => _rows.Seal(value, user.DataKey!, Row(user.Id), column);

    public byte[] EmailIndex(string email) => HMACSHA256.HashData(_emailKey, Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant()));

    public byte[] PhoneIndex(string e164) => HMACSHA256.HashData(_phoneKey, Encoding.UTF8.GetBytes(e164));

    public byte[] GoogleIndex(string subject) => HMACSHA256.HashData(_googleKey, Encoding.UTF8.GetBytes(subject));

    /// <summary>Of all that somebody sent at once, to know it again when it comes twice.</summary>
    public byte[] DigestOf(params string?[] sent) => HMACSHA256.HashData(_submissionKey, JsonSerializer.SerializeToUtf8Bytes(sent));

    /// <summary>The account's key under the current master key: whatever it sealed stays as it is. Before keys, the values themselves.</summary>
    public SealedPersonalData Renew(User user) => user.DataKey is { } key
        ? new(user.Email, user.Phone, user.FirstName, user.LastName, user.EmailIndex, user.PhoneIndex, _rows.Renew(key, Row(user.Id)))
        : Seal(user.Id, Open(user));

    /// <summary>Any other text about somebody, bound to its row, with the account's own key: it goes with the person.</summary>
    public string SealText(string text, User owner, string table, string column, Guid row) => owner.DataKey is { } key
        ? Own + _rows.Seal(text, key, Row(owner.Id), $"{table}|{column}|{row}")
        : cipher.Seal(text, $"{table}|{column}|{row}");

    public string OpenText(string stored, User owner, string table, string column, Guid row) =>
        stored.StartsWith(Own, StringComparison.Ordinal)
            ? _rows.Open(stored[Own.Length..], owner.DataKey!, Row(owner.Id), $"{table}|{column}|{row}")
            : cipher.Open(stored, $"{table}|{column}|{row}");

    private string Open(User user, string stored, string column) => user.DataKey is { } key
        ? _rows.Open(stored, key, Row(user.Id), column)
        : cipher.Open(stored, $"users|{column}|{user.Id}");

    private static string Row(Guid userId) => $"users|{userId}";
}
