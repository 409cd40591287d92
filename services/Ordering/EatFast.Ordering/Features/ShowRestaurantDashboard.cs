using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>A restaurant's day; the snake_case members repeat the lists for the mobile client.</summary>
public sealed record ShowRestaurantDashboardResponse(
    DateOnly Date, int TotalOrders, long TotalRevenue, double AverageRating, int ActiveOrders, int CompletedToday, long TodayRevenue,
    int TotalCustomers, long AverageOrderValue, int PendingOrders, int RejectedOrders, IReadOnlyList<SalesBucketView> HourlyStats,
    IReadOnlyList<SalesBucketView> WeeklyStats, IReadOnlyList<PopularItemView> PopularItems, IReadOnlyList<ItemPerformanceView> Performance)
{
    [JsonPropertyName("hourly_stats")]
    public IReadOnlyList<SalesBucketView> HourlySnake => HourlyStats;

    [JsonPropertyName("daily_stats")]
    public IReadOnlyList<SalesBucketView> DailySnake => WeeklyStats;

    [JsonPropertyName("popular_items")]
    public IReadOnlyList<PopularItemView> PopularSnake => PopularItems;

    [JsonPropertyName("item_performance")]
    public IReadOnlyList<ItemPerformanceView> PerformanceSnake => Performance;
}

/// <summary>What a dish brought in the week; <c>share</c> is of what the best ones brought together, in percent.</summary>
public sealed record ItemPerformanceView(Guid ItemId, string Name, int Quantity, long Revenue, double Share);

/// <summary>How a restaurant's day goes: today's figures, the hours of the day, the last seven days and what sells.</summary>
internal static class ShowRestaurantDashboard
{
    private const int Popular = 10;

    public static void Map(IEndpointRouteBuilder analytics) => analytics
        .MapGet("/dashboard", Handle)
        .WithName(nameof(ShowRestaurantDashboard))
        .WithSummary("Your restaurant's day");

    internal static async Task<Ok<Envelope<ShowRestaurantDashboardResponse>>> Handle(
        [FromQuery(Name = "date"), Range(typeof(DateOnly), Sales.FirstDay, Sales.LastDay)] DateOnly? date,
        [FromQuery(Name = "restaurantId")] Guid? restaurantId, CurrentUser user, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var day = date ?? Sales.DayOf(clock.GetUtcNow());
        var mine = db.Orders.AsNoTracking().VisibleTo(user).Where(order => restaurantId == null || order.RestaurantId == restaurantId);
        var (today, week) = (mine.Sold(day, day), mine.Sold(day.AddDays(-6), day));
        var sums = await today.SumAsync(ct);
        var total = await mine.Sold(new DateOnly(2020, 1, 1), day).SumAsync(ct);
        var popular = await week.PopularAsync(Popular, ct);
        return Answer.Ok(new ShowRestaurantDashboardResponse(
            day, total.TotalOrders, total.TotalRevenue, total.AverageRating ?? 0, sums.ActiveOrders, sums.CompletedOrders, sums.TotalRevenue,
            total.TotalCustomers, sums.AverageOrderValue, sums.PendingOrders, sums.RejectedOrders, await today.BucketsAsync(byHour: true, ct),
            await week.BucketsAsync(byHour: false, ct), popular, PerformanceOf(popular)));
    }

    private static List<ItemPerformanceView> PerformanceOf(List<PopularItemView> dishes)
    {
        var all = Math.Max(1, dishes.Sum(dish => dish.Revenue));
        return dishes.ConvertAll(dish => new ItemPerformanceView(
            dish.ItemId, dish.Name, dish.Quantity, dish.Revenue, Math.Round(100.0 * dish.Revenue / all, 1)));
    }
}
