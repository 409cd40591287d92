using System.ComponentModel.DataAnnotations;
using System.Globalization;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>A refusal needs its reason.</summary>
public sealed record ReviewRestaurantRequest([property: Required] bool? Approved, [property: StringLength(500)] string? Reason) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Approved == false && string.IsNullOrWhiteSpace(Reason))
            yield return new("Say why.", [nameof(Reason)]);
    }
}

public sealed record SetCommissionRequest([property: Required, Range(0, 50)] decimal? CommissionRate);

public sealed record ChangeRestaurantStatusRequest(
    [property: Required, AllowedValues(RestaurantStatus.Active, RestaurantStatus.Inactive, RestaurantStatus.Suspended)] string Status,
    [property: StringLength(500)] string? Reason);

/// <summary>The admins' decisions on a restaurant: take it on or not, what it pays, and whether it may go on.</summary>
internal static class GovernRestaurant
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPut("/admin/restaurants/{restaurantId:guid}/validate", HandleReview)
            .WithName("ReviewRestaurant").WithSummary("Approve or refuse a new restaurant");
        admin.MapPut("/admin/restaurants/{restaurantId:guid}/commission", HandleCommission)
            .WithName("SetCommission").WithSummary("Set a restaurant's commission");
        admin.MapMethods("/admin/restaurants/{restaurantId:guid}/status", [HttpMethods.Patch, HttpMethods.Put], HandleStatus)
            .WithName("ChangeRestaurantStatus").WithSummary("Suspend, close or reopen a restaurant");
    }

    internal static Task<Ok<Envelope<OwnedRestaurantView>>> HandleReview(
        Guid restaurantId, ReviewRestaurantRequest request, CurrentUser admin, Decisions decisions, CancellationToken ct)
    {
        var isIn = request.Approved!.Value;
        return decisions.ApplyAsync(
            restaurantId, (restaurant, now) => restaurant.Review(isIn, request.Reason, now), admin,
            new(isIn ? "restaurant.approved" : "restaurant.refused", "reason", request.Reason), ct);
    }

    internal static Task<Ok<Envelope<OwnedRestaurantView>>> HandleCommission(
        Guid restaurantId, SetCommissionRequest request, CurrentUser admin, Decisions decisions, CancellationToken ct) =>
        decisions.ApplyAsync(
            restaurantId, (restaurant, now) => restaurant.Charge(request.CommissionRate!.Value, now), admin,
            new("restaurant.commission_changed", "percent", request.CommissionRate!.Value.ToString(CultureInfo.InvariantCulture)), ct);

    internal static Task<Ok<Envelope<OwnedRestaurantView>>> HandleStatus(
        Guid restaurantId, ChangeRestaurantStatusRequest request, CurrentUser admin, Decisions decisions, CancellationToken ct) =>
        decisions.ApplyAsync(
            restaurantId, (restaurant, now) => restaurant.Become(request.Status, request.Reason, now), admin,
            new($"restaurant.{request.Status}", "reason", request.Reason), ct);
}

internal sealed record Decision(string Action, string Detail, string? Value);

/// <summary>Changes a restaurant and leaves the trace of who decided it, in one save.</summary>
internal sealed class Decisions(CatalogDbContext db, CatalogChanges changes, TimeProvider clock)
{
    public async Task<Ok<Envelope<OwnedRestaurantView>>> ApplyAsync(
        Guid restaurantId, Action<Restaurant, DateTimeOffset> change, CurrentUser admin, Decision decision, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var restaurant = await db.Restaurants.SingleOrDefaultAsync(r => r.Id == restaurantId, ct)
            ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND");
        change(restaurant, now);
        db.RecordAction(admin, decision.Action, "restaurant", restaurantId, now, (decision.Detail, decision.Value));
        await changes.SaveAsync(restaurant, now, ct);
        return Answer.Ok(await db.ViewOwnedAsync(restaurant, now, ct));
    }
}
