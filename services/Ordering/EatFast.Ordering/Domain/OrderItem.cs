namespace EatFast.Ordering.Domain;

/// <summary>A dish as it was sold: name and price are copies, a later change of the menu does not touch them.</summary>
public sealed class OrderItem
{
    public Guid OrderId { get; init; }
    public required int Position { get; init; }
    public required Guid ItemId { get; init; }
    public Guid? CategoryId { get; init; }
    public required string Name { get; init; }
    public required int Quantity { get; init; }
    public required long UnitPriceXaf { get; init; }
    public required IReadOnlyList<ItemCustomization> Customizations { get; init; }
    public string? SpecialInstructions { get; init; }

    /// <summary>The same dish at the price that was promised.</summary>
    public OrderItem At(long unitPriceXaf) => new()
    {
        Position = Position,
        ItemId = ItemId,
        CategoryId = CategoryId,
        Name = Name,
        Quantity = Quantity,
        UnitPriceXaf = unitPriceXaf,
        Customizations = Customizations,
        SpecialInstructions = SpecialInstructions
    };

    public long TotalPriceXaf => UnitPriceXaf * Quantity;
}

/// <summary>A choice the guest made for a dish; its price is already part of the unit price.</summary>
public sealed record ItemCustomization(Guid OptionId, Guid ValueId, string OptionName, string ValueName, long PriceXaf);
