namespace EatFast.Delivery.Domain;

/// <summary>What Delivery keeps of an order: a copy taken when the restaurant confirms, which never changes afterwards.</summary>
public sealed record OrderToDeliver
{
    public required Guid OrderId { get; init; }
    public string OrderNumber { get; init; } = "";
    public Guid? CustomerId { get; init; }
    public Guid? RestaurantId { get; init; }
    public string RestaurantName { get; init; } = "";
    public string RestaurantPhone { get; init; } = "";
    public string RestaurantAddress { get; init; } = "";
    public GeoPoint Restaurant { get; init; }
    public string DeliveryAddress { get; init; } = "";
    public string DeliveryInstructions { get; init; } = "";
    public GeoPoint Destination { get; init; }
    public string PaymentMethod { get; init; } = "";
    public long TotalXaf { get; init; }
    public long DeliveryFeeXaf { get; init; }
    public int PreparationMinutes { get; init; }
    public string PickupCode { get; init; } = "";
    public string DropCode { get; init; } = "";
    public DateTimeOffset OrderedAt { get; init; }
    public IReadOnlyList<Line> Lines { get; init; } = [];

    public bool IsCash => PaymentMethod == "cash";

    public sealed record Line(string Name, int Quantity, long UnitPriceXaf);
}
