using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog;

/// <summary>Stores reviews and counts them into the restaurant's rating, which is the exact mean of all of them at any time.</summary>
internal sealed class ReviewDesk(CatalogDbContext db, PublicAnswers answers)
{
    /// <summary>False when the order was reviewed before. Saves, also what the caller has added.</summary>
    public async Task<bool> PostAsync(Review review, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The restaurant's row first: who reviews the same order at the same time waits here, and then finds the review.
        await db.Restaurants.Where(r => r.Id == review.RestaurantId).ExecuteUpdateAsync(row => row
            .SetProperty(r => r.Rating, r => (decimal)((double)(r.RatingTotal + review.Rating) / (r.ReviewCount + 1)))
            .SetProperty(r => r.RatingTotal, r => r.RatingTotal + review.Rating)
            .SetProperty(r => r.ReviewCount, r => r.ReviewCount + 1), ct);
        // Without a commit the count above never happened.
        if (await db.Reviews.AnyAsync(other => other.OrderId == review.OrderId, ct))
            return false;
        db.Add(review);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await answers.DropAsync(review.RestaurantId);
        return true;
    }
}
