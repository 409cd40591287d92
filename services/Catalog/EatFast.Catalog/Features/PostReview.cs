using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Clients;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Contracts;
using EatFast.Security;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

public sealed record PostReviewRequest(
    [property: NotEmpty] Guid OrderId,
    [property: Range(1, 5)] int Rating,
    [property: Range(1, 5)] int? FoodRating,
    [property: Range(1, 5)] int? DeliveryRating,
    [property: StringLength(1000)] string? Comment);

/// <summary>A customer reviews a delivered order here or by rating it at Ordering; whichever comes first counts, and only once.</summary>
internal sealed class PostReview(ReviewDesk desk) : IConsumer<OrderRated>
{
    public static void Map(IEndpointRouteBuilder customer) => customer
        .MapPost("/restaurants/{restaurantId:guid}/reviews", Handle)
        .WithName(nameof(PostReview))
        .WithSummary("Review a delivered order");

    public Task Consume(ConsumeContext<OrderRated> context)
    {
        var rated = context.Message;
        return desk.PostAsync(
            new Review
            {
                OrderId = rated.OrderId,
                RestaurantId = rated.RestaurantId,
                CustomerId = rated.CustomerId,
                Rating = rated.Rating,
                FoodRating = rated.FoodRating,
                DeliveryRating = rated.DeliveryRating,
                Comment = rated.Comment,
                CreatedAt = rated.RatedAt
            },
            context.CancellationToken);
    }

    internal static async Task<Created<Envelope<ReviewView>>> Handle(
        Guid restaurantId, PostReviewRequest request, CurrentUser user, OrderLookup orders, ReviewDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var order = await orders.FindAsync(request.OrderId, ct);
        if (order is null || order.CustomerId != user.Id || order.RestaurantId != restaurantId)
            throw new RuleViolatedException("REVIEW_ORDER_NOT_FOUND");
        if (order.Status is not ("delivered" or "completed"))
            throw new RuleViolatedException("REVIEW_TOO_EARLY");
        var review = new Review
        {
            OrderId = request.OrderId,
            RestaurantId = restaurantId,
            CustomerId = user.Id,
            Rating = request.Rating,
            FoodRating = request.FoodRating,
            DeliveryRating = request.DeliveryRating,
            Comment = request.Comment,
            CreatedAt = clock.GetUtcNow()
        };
        return await desk.PostAsync(review, ct)
            ? Answer.Created($"/api/v1/restaurants/{restaurantId}/reviews", ReviewView.Of(review))
            : throw new RuleViolatedException("REVIEW_EXISTS");
    }
}
