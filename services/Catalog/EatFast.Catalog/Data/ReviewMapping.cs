using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Data;

internal static class ReviewMapping
{
    public static void Map(ModelBuilder model) => model.Entity<Review>(review =>
    {
        review.ToTable("reviews", table => table.HasCheckConstraint("ck_reviews_rating", "rating BETWEEN 1 AND 5"));
        review.HasKey(r => r.OrderId);
        review.Property(r => r.OrderId).ValueGeneratedNever();
        review.Property(r => r.Comment).HasMaxLength(1000);
        review.Property(r => r.Response).HasMaxLength(1000);
        review.HasOne<Restaurant>().WithMany().HasForeignKey(r => r.RestaurantId);
        review.HasIndex(r => new { r.RestaurantId, r.CreatedAt });
    });
}
