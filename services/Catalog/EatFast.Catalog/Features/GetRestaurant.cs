using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>Anyone looks at one active restaurant; pending or suspended ones do not exist for the public.</summary>
internal static class GetRestaurant
{
    public static void Map(IEndpointRouteBuilder open) => open
        .MapGet("/restaurants/{restaurantId:guid}", Handle)
        .WithName(nameof(GetRestaurant))
        .WithSummary("Get a restaurant")
        .Produces<Envelope<RestaurantView>>()
        .Produces(304)
        .ProducesProblem(404);

    internal static async Task<IResult> Handle(
        Guid restaurantId, [AsParameters] PlaceQuery place, HttpRequest request, PublicAnswers answers, TimeProvider clock, CancellationToken ct) =>
        await answers.BrieflyAsync(
            request,
            async (db, token) => await db.Restaurants
                .Where(r => r.Id == restaurantId && r.Status == RestaurantStatus.Active)
                .Select(RestaurantView.At(clock.GetUtcNow(), place.Y, place.X))
                .SingleOrDefaultAsync(token) ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND"),
            ct);
}
