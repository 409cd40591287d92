using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record ShowOwnAnalyticsResponse(
    int TotalOrders, int CompletedOrders, int CancelledOrders, long TotalSpent, long TotalSaved, long AverageOrderValue,
    IReadOnlyList<FavouriteRestaurantView> FavoriteRestaurants, IReadOnlyList<PopularItemView> FavoriteItems, DateTimeOffset? LastOrderAt);

public sealed record FavouriteRestaurantView(Guid RestaurantId, string Name, int Orders);

/// <summary>A customer's own history in figures.</summary>
internal static class ShowOwnAnalytics
{
    private const int Favourites = 5;

    public static void Map(IEndpointRouteBuilder users) => users
        .MapGet("/analytics", Handle)
        .RequireAuthorization(Policies.Customer)
        .WithName(nameof(ShowOwnAnalytics))
        .WithSummary("Your orders in figures");

    internal static async Task<Ok<Envelope<ShowOwnAnalyticsResponse>>> Handle(CurrentUser user, OrderingDbContext db, CancellationToken ct)
    {
        var mine = db.Orders.AsNoTracking().Where(order => order.CustomerId == user.Id);
        var done = mine.Done();
        var count = await mine.CountAsync(ct);
        var stopped = await mine.CountAsync(order => order.Status == OrderStatus.Cancelled || order.Status == OrderStatus.Rejected, ct);
        var (delivered, spent) = (await done.CountAsync(ct), await done.SumAsync(order => order.Pricing.TotalXaf, ct));
        var restaurants = await done.GroupBy(order => order.RestaurantId)
            .Select(group => new { group.Key, Name = group.Max(order => order.Restaurant.Name)!, Orders = group.Count() })
            .OrderByDescending(row => row.Orders).ThenBy(row => row.Key).Take(Favourites).ToListAsync(ct);
        return Answer.Ok(new ShowOwnAnalyticsResponse(
            count, delivered, stopped, spent, await done.SumAsync(order => order.Pricing.DiscountXaf, ct), delivered == 0 ? 0 : spent / delivered,
            restaurants.ConvertAll(row => new FavouriteRestaurantView(row.Key, row.Name, row.Orders)), await mine.PopularAsync(Favourites, ct),
            await mine.MaxAsync(order => (DateTimeOffset?)order.CreatedAt, ct)));
    }
}
