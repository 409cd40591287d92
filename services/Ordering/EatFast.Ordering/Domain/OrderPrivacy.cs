using System.Text.Json;
using EatFast.Security;

namespace EatFast.Ordering.Domain;

/// <summary>What an order tells about a person: it rests sealed with the order's own key, which goes when the person leaves.</summary>
public sealed partial class Order : IPersonalRow
{
    private static readonly DeliveryAddress Nowhere = new("", "", null, null, null, 0, 0);
    private readonly List<OrderEvent> _spoken = [];
    private RowVault? _vault;
    private Door? _door;

    private sealed record Door(DeliveryAddress Address, string? SpecialInstructions);

    public string? DataKey { get; private set; }
    public string? SealedDoor { get; private set; }
    /// <summary>In the clear only until the first save; rows from before there were keys still have it.</summary>
    public DeliveryAddress StoredAddress { get; private set; } = Nowhere;
    public string? StoredInstructions { get; private set; }

    /// <summary>Empty once the customer was erased.</summary>
    public DeliveryAddress Address => OpenDoor().Address;

    public string? SpecialInstructions => OpenDoor().SpecialInstructions;

    private string Row => $"orders|{Id}";

    /// <summary>What was said with a change; null once the customer was erased, though the history itself cannot be changed.</summary>
    public string? CommentOf(OrderEvent change) => (change.Comment, DataKey) switch
    {
        (null, _) => null,
        ({ } words, null) => words,
        (_, RowVault.Shredded) => null,
        ({ } words, { } key) => change.HasSealedComment ? _vault!.Open(words, key, Row, PlaceOf(change)) : words
    };

    void IPersonalRow.Open(RowVault vault) => _vault = vault;

    void IPersonalRow.Seal(RowVault vault)
    {
        _vault = vault;
        if (DataKey is null)
        {
            _door = OpenDoor();
            DataKey = vault.NewKey(Row);
            SealedDoor = vault.Seal(JsonSerializer.Serialize(_door), DataKey, Row, "door");
            (StoredAddress, StoredInstructions) = (Nowhere, null);
        }
        foreach (var change in _spoken)
            change.SealComment(words => DataKey == RowVault.Shredded ? null : vault.Seal(words, DataKey, Row, PlaceOf(change)));
        _spoken.Clear();
    }

    void IPersonalRow.Renew(RowVault vault)
    {
        if (DataKey is { Length: > 0 } key)
            DataKey = vault.Renew(key, Row);
        else
            ((IPersonalRow)this).Seal(vault);
    }

    private static string PlaceOf(OrderEvent change) => $"comment {change.Version}";

    private Door OpenDoor() => _door ??= DataKey is { Length: > 0 } key && SealedDoor is { } box
        ? JsonSerializer.Deserialize<Door>(_vault!.Open(box, key, Row, "door"))!
        : new Door(StoredAddress, StoredInstructions);
}
