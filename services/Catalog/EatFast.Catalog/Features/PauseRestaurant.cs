using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

/// <summary>A pause with <c>minutes</c> ends by itself.</summary>
public sealed record PauseRestaurantRequest([property: Required] bool? IsOpen, [property: Range(1, 10_080)] int? Minutes = null);

/// <summary>The owner stops or resumes taking orders; resuming outside the opening hours still leaves the restaurant closed.</summary>
internal static class PauseRestaurant
{
    public static void Map(IEndpointRouteBuilder owner) => owner
        .MapPut("/restaurant/status", Handle)
        .WithName(nameof(PauseRestaurant))
        .WithSummary("Stop or resume taking orders");

    internal static async Task<Ok<Envelope<OwnedRestaurantView>>> Handle(
        PauseRestaurantRequest request, Guid? restaurantId, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        var isPaused = !request.IsOpen!.Value;
        restaurant.Pause(isPaused, isPaused && request.Minutes is { } minutes ? now.AddMinutes(minutes) : null, now);
        await changes.SaveAsync(restaurant, now, ct);
        return Answer.Ok(await db.ViewOwnedAsync(restaurant, now, ct));
    }
}
