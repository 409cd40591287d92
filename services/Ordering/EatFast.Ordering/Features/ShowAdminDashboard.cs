using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record ShowAdminDashboardResponse(
    string Timeframe, DateOnly From, DateOnly To, SalesView Orders, long MonthlyRevenue, int ActiveRestaurants, int ActiveOrders, int PendingOrders,
    IReadOnlyList<StatusCountView> ByStatus, int TotalUsers, int TotalRestaurants, int TotalOrders, long TotalRevenue, int NewUsersThisMonth,
    int NewRestaurantsThisMonth);

public sealed record StatusCountView(string Status, int Orders);

public sealed record ShowAdminAnalyticsResponse(
    DateOnly From, DateOnly To, SalesView Summary, IReadOnlyList<SalesBucketView> ByDay, IReadOnlyList<PopularItemView> PopularItems);

/// <summary>The platform at a glance for admins; a timeframe is today, a week, a month or a year back from now.</summary>
internal static class ShowAdminDashboard
{
    private const int Popular = 20;

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/dashboard", Handle).WithName(nameof(ShowAdminDashboard)).WithSummary("The platform at a glance");
        admin.MapGet("/dashboard/stats", Handle).ExcludeFromDescription();
        admin.MapGet("/analytics", HandleAnalytics).WithName("ShowAdminAnalytics").WithSummary("Sales over time");
    }

    internal static async Task<Ok<Envelope<ShowAdminDashboardResponse>>> Handle(
        [FromQuery(Name = "timeframe")] string? timeframe, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var today = Sales.DayOf(clock.GetUtcNow());
        var (name, from) = FrameOf(timeframe, today);
        var all = db.Orders.AsNoTracking();
        var sold = all.Sold(from, today);
        var monthStart = new DateOnly(today.Year, today.Month, 1);
        var month = await all.Sold(monthStart, today).Done().SumAsync(order => order.Pricing.TotalXaf, ct);
        var open = await all.Where(order => order.Status == OrderStatus.Pending || order.Status == OrderStatus.Confirmed
                || order.Status == OrderStatus.Preparing || order.Status == OrderStatus.Ready || order.Status == OrderStatus.PickedUp
                || order.Status == OrderStatus.InTransit)
            .GroupBy(order => order.Status).Select(group => new StatusCountView(group.Key, group.Count())).ToListAsync(ct);
        return Answer.Ok(new ShowAdminDashboardResponse(
            name, from, today, await sold.SumAsync(ct), month, await sold.Select(order => order.RestaurantId).Distinct().CountAsync(ct),
            open.Sum(status => status.Orders), open.Where(status => status.Status == OrderStatus.Pending).Sum(status => status.Orders), open,
            await CountAsync(db, AnalyticsEvent.UserRegistered, null, ct), await CountAsync(db, AnalyticsEvent.RestaurantRegistered, null, ct),
            await all.CountAsync(order => order.ReleasedAt != null, ct), await all.Done().SumAsync(order => order.Pricing.TotalXaf, ct),
            await CountAsync(db, AnalyticsEvent.UserRegistered, monthStart, ct), await CountAsync(db, AnalyticsEvent.RestaurantRegistered, monthStart, ct)));
    }

    internal static async Task<Ok<Envelope<ShowAdminAnalyticsResponse>>> HandleAnalytics(
        [FromQuery(Name = "timeframe")] string? timeframe, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var today = Sales.DayOf(clock.GetUtcNow());
        var (_, from) = FrameOf(timeframe ?? "month", today);
        var sold = db.Orders.AsNoTracking().Sold(from, today);
        return Answer.Ok(new ShowAdminAnalyticsResponse(
            from, today, await sold.SumAsync(ct), await sold.BucketsAsync(byHour: false, ct), await sold.PopularAsync(Popular, ct)));
    }

    // Of other services' people and places we know what they told; the day's sums make it cheap.
    private static Task<int> CountAsync(OrderingDbContext db, string name, DateOnly? from, CancellationToken ct)
    {
        var start = from is { } day ? Sales.StartOf(day) : DateTimeOffset.UnixEpoch;
        return db.Rollups.Where(rollup => rollup.Grain == AnalyticsRollup.Day && rollup.Name == name && rollup.Bucket >= start)
            .SumAsync(rollup => rollup.Count, ct);
    }

    private static (string Name, DateOnly From) FrameOf(string? timeframe, DateOnly today) => timeframe switch
    {
        null or "today" or "day" => ("today", today),
        "week" or "7d" => ("week", today.AddDays(-6)),
        "month" or "30d" => ("month", today.AddDays(-29)),
        "year" or "365d" => ("year", today.AddDays(-364)),
        _ => throw new BadHttpRequestException("A timeframe is today, week, month or year.")
    };
}
