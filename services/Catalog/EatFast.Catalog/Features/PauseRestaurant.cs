using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

public sealed record PauseRestaurantRequest([property: Required] bool? IsOpen);

/// <summary>The owner stops or resumes taking orders; resuming outside the opening hours still leaves the restaurant closed.</summary>
internal static class PauseRestaurant
{
    public static void Map(IEndpointRouteBuilder owner) => owner
        .MapPut("/restaurant/status", Handle)
        .WithName(nameof(PauseRestaurant))
        .WithSummary("Stop or resume taking orders");

    internal static async Task<Ok<Envelope<RestaurantView>>> Handle(
        PauseRestaurantRequest request, Guid? restaurantId, CurrentUser user, CatalogDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var mine = await db.Restaurants
            .Where(r => restaurantId == null ? r.OwnerId == user.Id : r.Id == restaurantId && (user.IsAdmin || r.OwnerId == user.Id))
            .Take(2)
            .ToListAsync(ct);
        var restaurant = mine switch
        {
            [] => throw new RuleViolatedException("RESTAURANT_NOT_FOUND"),
            [var only] => only,
            _ => throw new RuleViolatedException("RESTAURANT_AMBIGUOUS")
        };

        restaurant.Pause(isPaused: !request.IsOpen!.Value, now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await db.Restaurants.Where(r => r.Id == restaurant.Id).Select(RestaurantView.At(now, null, null)).SingleAsync(ct));
    }
}
