using EatFast.Catalog.Contracts.V1;
using EatFast.Catalog.Data;
using EatFast.Errors;
using Microsoft.EntityFrameworkCore;
using Restaurant = EatFast.Catalog.Contracts.V1.Restaurant;

namespace EatFast.Catalog.Features;

/// <summary>Tells the other services who owns a restaurant and where it is, whatever its status: old orders still refer to it.</summary>
internal sealed class DescribeRestaurant(CatalogDbContext db, TimeProvider clock)
{
    public async Task<Restaurant> HandleAsync(GetRestaurantRequest request, CancellationToken ct)
    {
        var found = Guid.TryParse(request.RestaurantId, out var id)
            ? await db.Restaurants.AsNoTracking().Where(r => r.Id == id).Select(r => r.DeliveryArea).SingleOrDefaultAsync(ct)
            : null;
        var area = found ?? throw new RuleViolatedException("RESTAURANT_NOT_FOUND");
        var restaurant = await db.Restaurants.Where(r => r.Id == id).Select(RestaurantMessage.At(clock.GetUtcNow())).SingleAsync(ct);
        return restaurant.To(request.Destination, area);
    }
}
