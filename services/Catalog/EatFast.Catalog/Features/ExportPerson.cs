using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>What we keep of an owner, the restaurants, and of a customer, the reviews.</summary>
internal sealed class ExportPerson(CatalogDbContext db) : IPersonalRecords
{
    public async Task<object> ExportAsync(Guid userId, CancellationToken ct) => new
    {
        Restaurants = await db.Restaurants.AsNoTracking().Where(restaurant => restaurant.OwnerId == userId)
            .Select(restaurant => new { restaurant.Id, restaurant.Name, restaurant.Phone, restaurant.Street, restaurant.City, restaurant.Status })
            .ToListAsync(ct),
        Avatar = await db.Avatars.AsNoTracking().Where(row => row.UserId == userId).Select(row => ImageName.UrlOf(row.Content, ImageName.Middle))
            .SingleOrDefaultAsync(ct),
        Reviews = await db.Reviews.AsNoTracking().Where(review => review.CustomerId == userId).OrderBy(review => review.CreatedAt)
            .ToListAsync(ct)
    };

    public Task<bool> IsNeededAsync(Guid userId, CancellationToken ct) => Task.FromResult(false);
}
