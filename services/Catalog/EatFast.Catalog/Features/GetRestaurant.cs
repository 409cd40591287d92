using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>Anyone looks at one active restaurant; pending or suspended ones do not exist for the public.</summary>
internal static class GetRestaurant
{
    public static void Map(IEndpointRouteBuilder open) => open
        .MapGet("/restaurants/{restaurantId:guid}", Handle)
        .WithName(nameof(GetRestaurant))
        .WithSummary("Get a restaurant")
        .ProducesProblem(404);

    internal static async Task<Ok<Envelope<RestaurantView>>> Handle(
        Guid restaurantId, [AsParameters] PlaceQuery place, CatalogDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var restaurant = await db.Restaurants
            .Where(r => r.Id == restaurantId && r.Status == RestaurantStatus.Active)
            .Select(RestaurantView.At(clock.GetUtcNow(), place.Y, place.X))
            .SingleOrDefaultAsync(ct);
        return Answer.Ok(restaurant ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND"));
    }
}
