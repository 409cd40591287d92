namespace EatFast.Ordering.Domain;

/// <summary>What the customer thought of it, told once per order.</summary>
public sealed class OrderRating
{
    public Guid OrderId { get; init; }
    public required int Rating { get; init; }
    public int? FoodRating { get; init; }
    public int? DeliveryRating { get; init; }
    public int? ServiceRating { get; init; }
    public string? Comment { get; init; }
    public IReadOnlyList<string> Photos { get; init; } = [];
    public required DateTimeOffset RatedAt { get; init; }
}
