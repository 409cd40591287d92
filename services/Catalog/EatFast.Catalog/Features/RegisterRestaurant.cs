using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Clients;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

public sealed record RegisterRestaurantRequest(
    [property: Required, StringLength(120, MinimumLength = 2)] string Name,
    [property: NotEmpty] Guid OwnerId,
    [property: Required, RegularExpression("^[a-z][a-z_]{1,39}$")] string CuisineType,
    [property: Required] PlaceBody Address,
    [property: Required, RegularExpression(@"^\+\d{8,15}$")] string Phone,
    [property: EmailAddress, StringLength(254)] string? Email,
    [property: StringLength(2000)] string? Description,
    [property: RegularExpression("^[1-3]$")] string? PriceRange,
    [property: Range(0, 100_000)] long? DeliveryFee,
    [property: Range(0, 1_000_000)] long? MinimumOrder,
    [property: Range(0, 50)] decimal? CommissionRate,
    [property: Range(1, 240)] int? PreparationTime,
    [property: Range(1, 240)] int? DeliveryTime,
    IReadOnlyDictionary<string, string>? OperatingHours) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => WeekBody.Check(OperatingHours, nameof(OperatingHours));
}

/// <summary>An admin takes a kitchen on; it stays pending, and unseen by the public, until somebody has reviewed it.</summary>
internal static class RegisterRestaurant
{
    private const long UsualFeeXaf = 1_000;
    private const long UsualMinimumXaf = 2_000;

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/admin/restaurants", Handle)
        .WithName(nameof(RegisterRestaurant))
        .WithSummary("Register a restaurant");

    internal static async Task<Created<Envelope<OwnedRestaurantView>>> Handle(
        RegisterRestaurantRequest request, CurrentUser admin, CatalogDbContext db, CatalogChanges changes, Owners owners, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await owners.RequireAsync(request.OwnerId, ct);
        var restaurant = RestaurantOf(request, now);
        restaurant.Edit(new RestaurantEdit { Email = request.Email }, now);

        db.Add(restaurant);
        db.RecordAction(admin, "restaurant.registered", "restaurant", restaurant.Id, now, ("owner", $"{request.OwnerId}"));
        await changes.SaveAsync(restaurant, now, ct);
        return Answer.Created($"/api/v1/admin/restaurants/{restaurant.Id}", await db.ViewOwnedAsync(restaurant, now, ct));
    }

    private static Restaurant RestaurantOf(RegisterRestaurantRequest request, DateTimeOffset now)
    {
        var place = request.Address.ToPlace();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = request.OwnerId,
            Name = request.Name.Trim(),
            Description = request.Description ?? "",
            CuisineType = request.CuisineType,
            PriceRange = request.PriceRange ?? "2",
            Status = RestaurantStatus.Pending,
            DeliveryMinutes = request.DeliveryTime ?? 30,
            PreparationMinutes = request.PreparationTime ?? 20,
            DeliveryFeeXaf = request.DeliveryFee ?? UsualFeeXaf,
            MinimumOrderXaf = request.MinimumOrder ?? UsualMinimumXaf,
            CommissionPercent = request.CommissionRate ?? Restaurant.DefaultCommissionPercent,
            Phone = request.Phone,
            Street = place.Street,
            City = place.City,
            District = place.District,
            Latitude = place.Latitude,
            Longitude = place.Longitude,
            OperatingHours = request.OperatingHours is { } week ? new OperatingHours(week) : OperatingHours.EveryDay("08:00-22:00"),
            CreatedAt = now
        };
    }
}
