namespace EatFast.Catalog.Domain;

/// <summary>What a customer thought of one delivered order; there is one per order, and its restaurant may answer.</summary>
public sealed class Review
{
    public required Guid OrderId { get; init; }
    public required Guid RestaurantId { get; init; }
    public required Guid CustomerId { get; init; }
    public required int Rating { get; init; }
    public int? FoodRating { get; init; }
    public int? DeliveryRating { get; init; }
    public string? Comment { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? Response { get; private set; }
    public DateTimeOffset? RespondedAt { get; private set; }

    public void Respond(string response, DateTimeOffset now) => (Response, RespondedAt) = (response, now);
}
