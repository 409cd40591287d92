namespace EatFast.Catalog.Domain;

/// <summary>A kitchen on the platform; it is public only while its status is active, and its owner can pause it at any hour.</summary>
public sealed class Restaurant
{
    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string CuisineType { get; init; }
    public required string PriceRange { get; init; }
    public required string Status { get; init; }
    public bool IsFeatured { get; init; }
    public decimal Rating { get; init; }
    public int ReviewCount { get; init; }
    public required int DeliveryMinutes { get; init; }
    public required int PreparationMinutes { get; init; }
    public required long DeliveryFeeXaf { get; init; }
    public required long MinimumOrderXaf { get; init; }
    public required string Phone { get; init; }
    public required string Street { get; init; }
    public required string City { get; init; }
    public required string District { get; init; }
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
    public string? ImageUrl { get; init; }
    public IReadOnlyList<string> Gallery { get; init; } = [];
    public required OperatingHours OperatingHours { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public bool IsPaused { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>Stops or resumes taking orders; opening hours and status still have their say.</summary>
    public void Pause(bool isPaused, DateTimeOffset now)
    {
        if (IsPaused == isPaused)
            return;
        IsPaused = isPaused;
        UpdatedAt = now;
        Version++;
    }
}

public static class RestaurantStatus
{
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Pending = "pending";
    public const string Suspended = "suspended";
}
