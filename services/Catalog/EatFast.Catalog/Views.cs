using System.Linq.Expressions;
using System.Text.Json.Serialization;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;

namespace EatFast.Catalog;

public sealed record CoordinatesView(double Latitude, double Longitude);

public sealed record AddressView(string Street, string City, string District, CoordinatesView Coordinates);

/// <summary>A restaurant as every client reads it; <c>location</c> repeats <c>address</c> for the two generations of clients.</summary>
public record RestaurantView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string CuisineType { get; init; }
    public required string PriceRange { get; init; }
    public required string Status { get; init; }
    public required bool IsOpen { get; init; }
    public required bool Featured { get; init; }
    public required decimal Rating { get; init; }
    public required int ReviewCount { get; init; }
    public required int DeliveryTime { get; init; }
    public required long DeliveryFee { get; init; }
    public required long MinimumOrder { get; init; }
    public string Currency => "XAF";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Distance { get; init => field = value is { } km ? Math.Round(km, 1) : null; }

    public required string? ImageUrl { get; init; }
    public string? ImageSrcset => ImageName.SrcsetOf(ImageUrl);
    public required IReadOnlyList<string> Gallery { get; init; }
    public required string City { get; init; }
    public required string Phone { get; init; }
    public required AddressView Address { get; init; }
    public AddressView Location => Address;
    public IReadOnlyDictionary<string, string> OperatingHours => Hours.ByDay;
    internal OperatingHours Hours { get; init; } = new(new Dictionary<string, string>());

    internal static Expression<Func<Restaurant, RestaurantView>> At(DateTimeOffset now, double? latitude, double? longitude) => r => new()
    {
        Id = r.Id,
        Name = r.Name,
        Description = r.Description,
        CuisineType = r.CuisineType,
        PriceRange = r.PriceRange,
        Status = r.Status,
        IsOpen = CatalogFunctions.IsOpen(r.Status, r.IsPaused, r.PausedUntil, r.ClosedOn, r.OperatingHours, now),
        Featured = r.IsFeatured,
        Rating = r.Rating,
        ReviewCount = r.ReviewCount,
        DeliveryTime = r.DeliveryMinutes,
        DeliveryFee = r.DeliveryFeeXaf,
        MinimumOrder = r.MinimumOrderXaf,
        Distance = CatalogFunctions.DistanceKm(r.Latitude, r.Longitude, latitude, longitude),
        ImageUrl = r.ImageUrl,
        Gallery = r.Gallery,
        City = r.City,
        Phone = r.Phone,
        Address = new AddressView(r.Street, r.City, r.District, new CoordinatesView(r.Latitude, r.Longitude)),
        Hours = r.OperatingHours
    };
}

public sealed record OptionValueView(Guid Id, string Name, long Price, bool IsAvailable, bool IsDefault);

public sealed record OptionView(
    Guid Id, string Name, string Type, bool Required, int MaxSelections, IReadOnlyList<OptionValueView> Options);

public sealed record ItemView(
    Guid Id,
    Guid RestaurantId,
    Guid CategoryId,
    string Category,
    string Name,
    string Description,
    long Price,
    string Currency,
    string? ImageUrl,
    bool IsAvailable,
    int PreparationTime,
    IReadOnlyList<string> Allergens,
    IReadOnlyList<string> DietaryTags,
    IReadOnlyList<OptionView> CustomizationOptions)
{
    public string? ImageSrcset => ImageName.SrcsetOf(ImageUrl);
}

public sealed record CategoryView(
    Guid Id, string Name, string Description, int SortOrder, bool IsActive, string? ImageUrl, IReadOnlyList<ItemView> Items)
{
    public string? ImageSrcset => ImageName.SrcsetOf(ImageUrl);
}

/// <summary>A whole menu, by category and once more as the flat list that guests' clients read.</summary>
public sealed record MenuView(Guid RestaurantId, IReadOnlyList<CategoryView> Categories)
{
    public IEnumerable<ItemView> Menu => Categories.SelectMany(category => category.Items);
}
