using System.Text.Json;
using EatFast.Security;

namespace EatFast.Delivery.Domain;

/// <summary>A driver's name and number rest sealed with the driver's own key, which goes when the driver leaves.</summary>
public sealed partial class Driver : IPersonalRow
{
    private RowVault? _vault;
    private Contact? _contact;

    private sealed record Contact(string Name, string Phone);

    public string? DataKey { get; private set; }
    public string? SealedContact { get; private set; }
    /// <summary>In the clear only until the first save; rows from before there were keys still have them.</summary>
    public string StoredName { get; private set; } = "";
    public string StoredPhone { get; private set; } = "";

    public string Name => OpenContact().Name;
    public string Phone => OpenContact().Phone;

    private string Row => $"drivers|{Id}";

    void IPersonalRow.Open(RowVault vault) => _vault = vault;

    void IPersonalRow.Seal(RowVault vault)
    {
        _vault = vault;
        if (DataKey is not null)
            return;
        _contact = OpenContact();
        DataKey = vault.NewKey(Row);
        SealedContact = vault.Seal(JsonSerializer.Serialize(_contact), DataKey, Row, "contact");
        (StoredName, StoredPhone) = ("", "");
    }

    void IPersonalRow.Renew(RowVault vault)
    {
        if (DataKey is { Length: > 0 } key)
            DataKey = vault.Renew(key, Row);
        else
            ((IPersonalRow)this).Seal(vault);
    }

    private Contact OpenContact() => _contact ??= DataKey is { Length: > 0 } key && SealedContact is { } box
        ? JsonSerializer.Deserialize<Contact>(_vault!.Open(box, key, Row, "contact"))!
        : new Contact(StoredName, StoredPhone);
}
