using EatFast.Catalog.Domain;

namespace EatFast.Catalog;

/// <summary>A review as anyone reads it; its writer is called by the first name and an initial, or not at all.</summary>
public sealed record ReviewView(
    Guid Id, Guid OrderId, int Rating, int? FoodRating, int? DeliveryRating, string Comment, bool IsVerified, string? RestaurantResponse,
    DateTimeOffset? ResponseAt, DateTimeOffset CreatedAt, Guid UserId, string UserName, string? UserAvatar)
{
    internal static ReviewView Of(Review review, string name = "", string? avatar = null) => new(
        review.OrderId, review.OrderId, review.Rating, review.FoodRating, review.DeliveryRating, review.Comment ?? "", true, review.Response,
        review.RespondedAt, review.CreatedAt, review.CustomerId, name, avatar);
}
