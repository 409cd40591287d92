using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>Stars from one to five; <c>restaurantRating</c> and <c>driverRating</c> are the mobile client's names.</summary>
public sealed record RateOrderRequest(
    [property: Range(1, 5)] int? Rating,
    [property: Range(1, 5)] int? RestaurantRating,
    [property: Range(1, 5)] int? FoodRating,
    [property: Range(1, 5)] int? DeliveryRating,
    [property: Range(1, 5)] int? DriverRating,
    [property: Range(1, 5)] int? ServiceRating,
    [property: StringLength(1000)] string? Comment,
    [property: MaxLength(5)] IReadOnlyList<string>? Photos) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rating is null && RestaurantRating is null)
            yield return new("A rating from 1 to 5 is required.", [nameof(Rating)]);
        if (Photos?.Any(photo => !IsPicture(photo)) == true)
            yield return new("A photo is the address of a picture.", [nameof(Photos)]);
    }

    private static bool IsPicture(string? address) => address is { Length: > 0 and <= 500 }
        && (address.StartsWith("/images/", StringComparison.Ordinal) || address.StartsWith("https://", StringComparison.Ordinal));
}

public sealed record RateOrderResponse(
    Guid OrderId, string Status, int Rating, int? FoodRating, int? DeliveryRating, int? ServiceRating, string? Comment, IReadOnlyList<string> Photos,
    DateTimeOffset RatedAt);

/// <summary>The customer's verdict, once per order. It also closes the order.</summary>
internal static class RateOrder
{
    public static void Map(IEndpointRouteBuilder orders)
    {
        orders.MapPost("/{orderId:guid}/rating", Handle)
            .RequireAuthorization(Policies.Customer)
            .WithName(nameof(RateOrder))
            .WithSummary("Rate a delivered order");
        orders.MapPost("/{orderId:guid}/rate", Handle).RequireAuthorization(Policies.Customer).ExcludeFromDescription();
    }

    internal static async Task<Ok<Envelope<RateOrderResponse>>> Handle(
        Guid orderId, RateOrderRequest request, CurrentUser user, OrderingDbContext db, OrderJournal journal, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var order = await db.RequireOrderAsync(orderId, user, ct);
        var rating = new OrderRating
        {
            OrderId = order.Id,
            Rating = (request.Rating ?? request.RestaurantRating)!.Value,
            FoodRating = request.FoodRating,
            DeliveryRating = request.DeliveryRating ?? request.DriverRating,
            ServiceRating = request.ServiceRating,
            Comment = request.Comment,
            Photos = request.Photos ?? [],
            RatedAt = now
        };
        order.Rate(rating, user.AsActor(), now);
        journal.Record(order);
        await db.SaveChangesAsync(ct);

        return Answer.Ok(new RateOrderResponse(
            order.Id, order.Status, rating.Rating, rating.FoodRating, rating.DeliveryRating, rating.ServiceRating, rating.Comment,
            rating.Photos, now));
    }
}
