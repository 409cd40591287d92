using System.Diagnostics.CodeAnalysis;
using EatFast.Catalog.Domain;

namespace EatFast.Catalog;

public sealed record ZoneView(string Name, long Fee, long? MinimumOrder, IReadOnlyList<CoordinatesView> Polygon);

/// <summary>A restaurant as its owner and the admins read it: what the public sees, and what is only theirs.</summary>
public sealed record OwnedRestaurantView : RestaurantView
{
    [SetsRequiredMembers]
    internal OwnedRestaurantView(RestaurantView seen, Restaurant restaurant) : base(seen)
    {
        OwnerId = restaurant.OwnerId;
        Email = restaurant.Email;
        CommissionRate = restaurant.CommissionPercent;
        PreparationTime = restaurant.PreparationMinutes;
        AutoAccept = restaurant.AcceptsAutomatically;
        (IsPaused, PausedUntil, StatusReason) = (restaurant.IsPaused, restaurant.PausedUntil, restaurant.StatusReason);
        Holidays = restaurant.ClosedOn;
        DeliveryRadius = restaurant.DeliveryArea.RadiusKm;
        DeliveryZones =
        [
            .. restaurant.DeliveryArea.Zones.Select(zone => new ZoneView(
                zone.Name, zone.FeeXaf, zone.MinimumOrderXaf, [.. zone.Polygon.Select(point => new CoordinatesView(point.Latitude, point.Longitude))]))
        ];
        (CreatedAt, UpdatedAt) = (restaurant.CreatedAt, restaurant.UpdatedAt);
    }

    public Guid OwnerId { get; }
    public string? Email { get; }
    public decimal CommissionRate { get; }
    public int PreparationTime { get; }
    public bool AutoAccept { get; }
    public bool IsPaused { get; }
    public DateTimeOffset? PausedUntil { get; }
    public string? StatusReason { get; }
    public IReadOnlyList<DateOnly> Holidays { get; }
    public double? DeliveryRadius { get; }
    public IReadOnlyList<ZoneView> DeliveryZones { get; }
    public DateTimeOffset CreatedAt { get; }
    public DateTimeOffset UpdatedAt { get; }
}
