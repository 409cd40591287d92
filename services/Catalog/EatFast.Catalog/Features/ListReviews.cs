using System.ComponentModel.DataAnnotations;
using EatFast.Catalog.Clients;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

public sealed record ListReviewsResponse(IReadOnlyList<ReviewView> Reviews, ReviewSummaryView Summary, Pagination Pagination);

public sealed record ReviewSummaryView(decimal AverageRating, int TotalReviews, IReadOnlyDictionary<string, int> RatingDistribution);

public sealed record RespondToReviewRequest([property: Required, StringLength(1000, MinimumLength = 1)] string Response);

/// <summary>Anyone reads what customers thought, the newest first; the owner may answer each of them once or change the answer.</summary>
internal static class ListReviews
{
    public static void Map(IEndpointRouteBuilder open, IEndpointRouteBuilder owner)
    {
        open.MapGet("/restaurants/{restaurantId:guid}/reviews", Handle).WithName(nameof(ListReviews)).WithSummary("List reviews").ProducesProblem(404);
        owner.MapPut("/restaurant/reviews/{orderId:guid}/response", HandleResponse)
            .WithName("RespondToReview").WithSummary("Answer a review");
    }

    internal static async Task<Ok<Envelope<ListReviewsResponse>>> Handle(
        Guid restaurantId, [AsParameters] PageQuery page, CatalogDbContext db, Reviewers reviewers, CancellationToken ct)
    {
        var restaurant = await db.Restaurants.Where(r => r.Id == restaurantId && r.Status == RestaurantStatus.Active)
            .Select(r => new { r.Rating, r.ReviewCount }).SingleOrDefaultAsync(ct) ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND");
        // Uses ix_reviews_restaurant_id_created_at.
        var all = db.Reviews.AsNoTracking().Where(review => review.RestaurantId == restaurantId);
        var shown = await all.OrderByDescending(review => review.CreatedAt).ThenBy(review => review.OrderId)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var counts = await all.GroupBy(review => review.Rating).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(ct);
        var stars = Enumerable.Range(1, 5).ToDictionary(star => $"{star}", star => counts.Find(count => count.Key == star)?.Count ?? 0);
        var writers = shown.ConvertAll(review => review.CustomerId);
        var names = await reviewers.NamesOfAsync(writers, ct);
        var faces = await db.Avatars.AsNoTracking().Where(avatar => writers.Contains(avatar.UserId)).ToDictionaryAsync(avatar => avatar.UserId, ct);
        var views = shown.ConvertAll(review => ReviewView.Of(
            review, names[review.CustomerId], FaceOf(faces.GetValueOrDefault(review.CustomerId))));
        return Answer.Ok(new ListReviewsResponse(
            views, new(restaurant.Rating, restaurant.ReviewCount, stars), page.Of(counts.Sum(count => count.Count))));
    }

    private static string? FaceOf(Avatar? avatar) => avatar is null ? null : ImageName.UrlOf(avatar.Content, ImageName.Widths[0]);

    internal static async Task<Ok<Envelope<ReviewView>>> HandleResponse(
        Guid orderId, RespondToReviewRequest request, CurrentUser user, CatalogDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var review = await db.Reviews
            .Where(found => found.OrderId == orderId)
            .Where(found => user.IsAdmin || db.Restaurants.Any(r => r.Id == found.RestaurantId && r.OwnerId == user.Id))
            .SingleOrDefaultAsync(ct) ?? throw new RuleViolatedException("REVIEW_NOT_FOUND");
        review.Respond(request.Response, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ReviewView.Of(review));
    }
}
