using System.Text.Json;
using EatFast.Security;

namespace EatFast.Delivery.Domain;

/// <summary>Where a delivery goes rests sealed with its own key, which goes when the customer leaves.</summary>
public sealed partial class Delivery : IPersonalRow
{
    private RowVault? _vault;
    private OrderToDeliver? _order;

    private sealed record Door(string Address, string Instructions, GeoPoint Destination);

    public string? DataKey { get; private set; }
    public string? SealedDoor { get; private set; }
    /// <summary>The door is in it only until the first save; rows from before there were keys still have it.</summary>
    public OrderToDeliver StoredOrder { get; private set; } = null!;

    public OrderToDeliver Order => _order ??= DataKey is { Length: > 0 } key && SealedDoor is { } box
        ? WithDoor(JsonSerializer.Deserialize<Door>(_vault!.Open(box, key, Row, "door"))!)
        : StoredOrder;

    private string Row => $"deliveries|{Id}";

    void IPersonalRow.Open(RowVault vault) => _vault = vault;

    void IPersonalRow.Seal(RowVault vault)
    {
        _vault = vault;
        if (DataKey is not null)
            return;
        _order = StoredOrder;
        DataKey = vault.NewKey(Row);
        var door = new Door(_order.DeliveryAddress, _order.DeliveryInstructions, _order.Destination);
        SealedDoor = vault.Seal(JsonSerializer.Serialize(door), DataKey, Row, "door");
        StoredOrder = WithDoor(new Door("", "", default));
    }

    void IPersonalRow.Renew(RowVault vault)
    {
        if (DataKey is { Length: > 0 } key)
            DataKey = vault.Renew(key, Row);
        else
            ((IPersonalRow)this).Seal(vault);
    }

    private OrderToDeliver WithDoor(Door door) => StoredOrder with
    {
        DeliveryAddress = door.Address,
        DeliveryInstructions = door.Instructions,
        Destination = door.Destination
    };
}
