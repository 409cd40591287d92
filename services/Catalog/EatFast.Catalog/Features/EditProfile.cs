using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

/// <summary>What is left out stays as it is.</summary>
public sealed record EditProfileRequest(
    [property: StringLength(120, MinimumLength = 2)] string? Name,
    [property: StringLength(2000)] string? Description,
    [property: RegularExpression("^[a-z][a-z_]{1,39}$")] string? CuisineType,
    [property: RegularExpression("^[1-3]$")] string? PriceRange,
    [property: RegularExpression(@"^\+\d{8,15}$")] string? Phone,
    [property: EmailAddress, StringLength(254)] string? Email,
    [property: Range(1, 240)] int? PreparationTime,
    [property: Range(1, 240)] int? DeliveryTime,
    [property: Range(0, 100_000)] long? DeliveryFee,
    [property: Range(0, 1_000_000)] long? MinimumOrder,
    bool? AutoAccept,
    PlaceBody? Address);

/// <summary>The owner reads and changes how a restaurant presents itself; what it owes the platform is not among it.</summary>
internal static class EditProfile
{
    public static void Map(IEndpointRouteBuilder owner)
    {
        owner.MapGet("/restaurant/profile", HandleRead).WithName("GetProfile").WithSummary("Read your restaurant");
        owner.MapPut("/restaurant/profile", Handle).WithName(nameof(EditProfile)).WithSummary("Change your restaurant");
    }

    internal static async Task<Ok<Envelope<OwnedRestaurantView>>> HandleRead(
        Guid? restaurantId, CurrentUser user, CatalogDbContext db, TimeProvider clock, CancellationToken ct) =>
        Answer.Ok(await db.ViewOwnedAsync(await db.RequireMineAsync(restaurantId, user, ct), clock.GetUtcNow(), ct));

    internal static async Task<Ok<Envelope<OwnedRestaurantView>>> Handle(
        EditProfileRequest request, Guid? restaurantId, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        restaurant.Edit(EditOf(request), now);
        await changes.SaveAsync(restaurant, now, ct);
        return Answer.Ok(await db.ViewOwnedAsync(restaurant, now, ct));
    }

    private static RestaurantEdit EditOf(EditProfileRequest request) => new()
    {
        Name = request.Name?.Trim(),
        Description = request.Description,
        CuisineType = request.CuisineType,
        PriceRange = request.PriceRange,
        Phone = request.Phone,
        Email = request.Email,
        PreparationMinutes = request.PreparationTime,
        DeliveryMinutes = request.DeliveryTime,
        DeliveryFeeXaf = request.DeliveryFee,
        MinimumOrderXaf = request.MinimumOrder,
        AcceptsAutomatically = request.AutoAccept,
        Place = request.Address?.ToPlace()
    };
}
