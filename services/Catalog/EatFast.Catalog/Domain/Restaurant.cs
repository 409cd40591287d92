using EatFast.Errors;

namespace EatFast.Catalog.Domain;

/// <summary>A kitchen on the platform; it is public only while its status is active, and its owner can pause it at any hour.</summary>
public sealed class Restaurant
{
    // Set when it is made; afterwards only the verbs below change them.
    private string _name = "";
    private string _description = "";
    private string _cuisineType = "";
    private string _priceRange = "";
    private string _phone = "";
    private string _street = "";
    private string _city = "";
    private string _district = "";
    private string _status = "";
    private double _latitude;
    private double _longitude;
    private int _deliveryMinutes;
    private int _preparationMinutes;
    private long _deliveryFeeXaf;
    private long _minimumOrderXaf;
    private decimal _commissionPercent = DefaultCommissionPercent;
    private OperatingHours _operatingHours = OperatingHours.Never;

    public const decimal DefaultCommissionPercent = 15;

    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required string Name { get => _name; init => _name = value; }
    public required string Description { get => _description; init => _description = value; }
    public required string CuisineType { get => _cuisineType; init => _cuisineType = value; }
    public required string PriceRange { get => _priceRange; init => _priceRange = value; }
    public required string Status { get => _status; init => _status = value; }
    public bool IsFeatured { get; init; }
    public decimal Rating { get; init; }
    public int ReviewCount { get; init; }
    /// <summary>All stars together; with the count it makes the rating without a rounding error that grows.</summary>
    public long RatingTotal { get; init; }
    public required int DeliveryMinutes { get => _deliveryMinutes; init => _deliveryMinutes = value; }
    public required int PreparationMinutes { get => _preparationMinutes; init => _preparationMinutes = value; }
    public required long DeliveryFeeXaf { get => _deliveryFeeXaf; init => _deliveryFeeXaf = value; }
    public required long MinimumOrderXaf { get => _minimumOrderXaf; init => _minimumOrderXaf = value; }
    public decimal CommissionPercent { get => _commissionPercent; init => _commissionPercent = value; }
    public required string Phone { get => _phone; init => _phone = value; }
    public required string Street { get => _street; init => _street = value; }
    public required string City { get => _city; init => _city = value; }
    public required string District { get => _district; init => _district = value; }
    public required double Latitude { get => _latitude; init => _latitude = value; }
    public required double Longitude { get => _longitude; init => _longitude = value; }
    public string? Email { get; private set; }
    public string? ImageUrl { get; private set; }
    public IReadOnlyList<string> Gallery { get; init; } = [];
    public required OperatingHours OperatingHours { get => _operatingHours; init => _operatingHours = value; }
    /// <summary>Days of Cameroon's calendar on which it stays closed, whatever the week says.</summary>
    public IReadOnlyList<DateOnly> ClosedOn { get; private set; } = [];
    public DeliveryArea DeliveryArea { get; private set; } = DeliveryArea.Anywhere;
    public bool AcceptsAutomatically { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public bool IsPaused { get; private set; }
    public DateTimeOffset? PausedUntil { get; private set; }
    public string? StatusReason { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>Stops taking orders, for good or until a moment, or resumes; opening hours and status still have their say.</summary>
    public void Pause(bool isPaused, DateTimeOffset? until, DateTimeOffset now)
    {
        if (IsPaused == isPaused && PausedUntil == until)
            return;
        (IsPaused, PausedUntil) = (isPaused, isPaused ? until : null);
        Touch(now);
    }

    public void RemoveImage(DateTimeOffset now)
    {
        ImageUrl = null;
        Touch(now);
    }

    /// <summary>What is null in the edit stays as it is.</summary>
    public void Edit(RestaurantEdit edit, DateTimeOffset now)
    {
        _name = edit.Name ?? _name;
        _description = edit.Description ?? _description;
        _cuisineType = edit.CuisineType ?? _cuisineType;
        _priceRange = edit.PriceRange ?? _priceRange;
        _phone = edit.Phone ?? _phone;
        Email = edit.Email ?? Email;
        _preparationMinutes = edit.PreparationMinutes ?? _preparationMinutes;
        _deliveryMinutes = edit.DeliveryMinutes ?? _deliveryMinutes;
        _deliveryFeeXaf = edit.DeliveryFeeXaf ?? _deliveryFeeXaf;
        _minimumOrderXaf = edit.MinimumOrderXaf ?? _minimumOrderXaf;
        ImageUrl = edit.ImageUrl ?? ImageUrl;
        AcceptsAutomatically = edit.AcceptsAutomatically ?? AcceptsAutomatically;
        if (edit.Place is { } place)
            (_street, _city, _district, _latitude, _longitude) = (place.Street, place.City, place.District, place.Latitude, place.Longitude);
        Touch(now);
    }

    public void Open(OperatingHours? hours, IReadOnlyList<DateOnly>? closedOn, DateTimeOffset now)
    {
        _operatingHours = hours ?? _operatingHours;
        ClosedOn = closedOn is null ? ClosedOn : [.. closedOn.Distinct().Order()];
        Touch(now);
    }

    public void DeliverWithin(DeliveryArea area, DateTimeOffset now)
    {
        DeliveryArea = area;
        Touch(now);
    }

    public void Charge(decimal commissionPercent, DateTimeOffset now)
    {
        _commissionPercent = commissionPercent;
        Touch(now);
    }

    /// <summary>An admin's decision on a new restaurant. Refuses with RESTAURANT_ALREADY_REVIEWED.</summary>
    public void Review(bool isApproved, string? reason, DateTimeOffset now)
    {
        if (Status != RestaurantStatus.Pending)
            throw new RuleViolatedException("RESTAURANT_ALREADY_REVIEWED", ("status", Status));
        Become(isApproved ? RestaurantStatus.Active : RestaurantStatus.Inactive, reason, now);
    }

    public void Become(string status, string? reason, DateTimeOffset now)
    {
        (_status, StatusReason) = (status, reason);
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Version++;
    }
}

/// <summary>What its owner can say about a restaurant; null leaves a value alone.</summary>
public sealed record RestaurantEdit
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? CuisineType { get; init; }
    public string? PriceRange { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public int? PreparationMinutes { get; init; }
    public int? DeliveryMinutes { get; init; }
    public long? DeliveryFeeXaf { get; init; }
    public long? MinimumOrderXaf { get; init; }
    public bool? AcceptsAutomatically { get; init; }
    public string? ImageUrl { get; init; }
    public Place? Place { get; init; }
}

public sealed record Place(string Street, string City, string District, double Latitude, double Longitude);

public static class RestaurantStatus
{
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Pending = "pending";
    public const string Suspended = "suspended";

    public static IReadOnlyList<string> All { get; } = [Active, Inactive, Pending, Suspended];
}
