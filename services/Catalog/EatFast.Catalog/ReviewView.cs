using EatFast.Catalog.Domain;

namespace EatFast.Catalog;

/// <summary>A review as anyone reads it; who wrote it stays with Identity.</summary>
public sealed record ReviewView(
    Guid Id, Guid OrderId, int Rating, int? FoodRating, int? DeliveryRating, string Comment, bool IsVerified, string? RestaurantResponse,
    DateTimeOffset? ResponseAt, DateTimeOffset CreatedAt)
{
    internal static ReviewView Of(Review review) => new(
        review.OrderId, review.OrderId, review.Rating, review.FoodRating, review.DeliveryRating, review.Comment ?? "", true, review.Response,
        review.RespondedAt, review.CreatedAt);
}
