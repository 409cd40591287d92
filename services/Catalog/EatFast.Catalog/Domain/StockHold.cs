namespace EatFast.Catalog.Domain;

/// <summary>Pieces of a counted item that one order took; given back when the order stops, forgotten when it is delivered.</summary>
public sealed class StockHold
{
    public required Guid OrderId { get; init; }
    public required Guid ItemId { get; init; }
    public required Guid RestaurantId { get; init; }
    public required int Quantity { get; init; }
    public required DateTimeOffset TakenAt { get; init; }
    /// <summary>Null until the order is known to be stored: a hold without an order is looked into.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
}
