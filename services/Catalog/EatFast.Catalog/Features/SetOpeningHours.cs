using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

/// <summary>A week replaces the old one as a whole, and so do the holidays; what is left out stays.</summary>
public sealed record SetOpeningHoursRequest(
    IReadOnlyDictionary<string, string>? OperatingHours, [property: MaxLength(100)] IReadOnlyList<DateOnly>? Holidays) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        OperatingHours is null && Holidays is null
            ? [new("Give operatingHours, holidays or both.", [nameof(OperatingHours)])]
            : WeekBody.Check(OperatingHours, nameof(OperatingHours));
}

/// <summary>The owner says when the kitchen works, in Cameroon's time, and on which days it does not.</summary>
internal static class SetOpeningHours
{
    public static void Map(IEndpointRouteBuilder owner) => owner
        .MapPut("/restaurant/{restaurantId:guid}/hours", Handle)
        .WithName(nameof(SetOpeningHours))
        .WithSummary("Set opening hours and holidays");

    internal static async Task<Ok<Envelope<OwnedRestaurantView>>> Handle(
        Guid restaurantId, SetOpeningHoursRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        restaurant.Open(request.OperatingHours is { } week ? new OperatingHours(week) : null, request.Holidays, now);
        await changes.SaveAsync(restaurant, now, ct);
        return Answer.Ok(await db.ViewOwnedAsync(restaurant, now, ct));
    }
}
