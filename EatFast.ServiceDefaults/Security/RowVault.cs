using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace EatFast.Security;

/// <summary>A row that tells something about a person; it keeps that sealed, and can open it for whoever has read the row.</summary>
public interface IPersonalRow
{
    /// <summary>Null in a row from before there were keys, <see cref="RowVault.Shredded"/> once the person was erased.</summary>
    string? DataKey { get; }

    /// <summary>Before each save: what is not sealed yet.</summary>
    void Seal(RowVault vault);

    /// <summary>After each read: from here on the row can show what it holds.</summary>
    void Open(RowVault vault);

    /// <summary>The row's key under the current master key; an old row in the clear is sealed instead.</summary>
    void Renew(RowVault vault);
}

/// <summary>
/// Seals what a row tells about a person with a key of the row's own, which rests beside it under the master key. Whoever throws that
/// key away has made unreadable everything that was sealed with it, also where nothing can be deleted; and a new master key only needs
/// the row keys sealed anew.
/// </summary>
public sealed class RowVault(FieldCipher master)
{
    public const string Purpose = "personal-rows";

    /// <summary>Stands where a key was that is gone for good, to be told from a row that never had one.</summary>
    public const string Shredded = "";

    public static RowVault From(IConfiguration configuration) => new(FieldCipher.From(configuration, Purpose));

    /// <summary>How every row key starts that needs no new seal.</summary>
    public string CurrentPrefix => master.CurrentPrefix;

    public string CurrentKeyId => master.CurrentKeyId;

    /// <param name="row">Table and id: no key opens another row.</param>
    public string NewKey(string row) => master.Seal(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), PlaceOfKey(row));

    public string Seal(string text, string key, string row, string column) => With(key, row).Seal(text, $"{row}|{column}");

    public string Open(string stored, string key, string row, string column) => With(key, row).Open(stored, $"{row}|{column}");

    /// <summary>The same key under the current master key; what it sealed stays as it is.</summary>
    public string Renew(string key, string row) => master.Seal(master.Open(key, PlaceOfKey(row)), PlaceOfKey(row));

    private FieldCipher With(string key, string row) => new("row", master.Open(key, PlaceOfKey(row)), []);

    private static string PlaceOfKey(string row) => $"{row}|data_key";
}
