using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record ShowAdminDashboardResponse(
    string Timeframe, DateOnly From, DateOnly To, SalesView Orders, long MonthlyRevenue, int ActiveRestaurants, int ActiveOrders, int PendingOrders,
    IReadOnlyList<StatusCountView> ByStatus);

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
        var month = await all.Sold(new DateOnly(today.Year, today.Month, 1), today).Done().SumAsync(order => order.Pricing.TotalXaf, ct);
        var open = await all.Where(order => order.Status == OrderStatus.Pending || order.Status == OrderStatus.Confirmed
                || order.Status == OrderStatus.Preparing || order.Status == OrderStatus.Ready || order.Status == OrderStatus.PickedUp
                || order.Status == OrderStatus.InTransit)
            .GroupBy(order => order.Status).Select(group => new StatusCountView(group.Key, group.Count())).ToListAsync(ct);
        return Answer.Ok(new ShowAdminDashboardResponse(
            name, from, today, await sold.SumAsync(ct), month, await sold.Select(order => order.RestaurantId).Distinct().CountAsync(ct),
            open.Sum(status => status.Orders), open.Where(status => status.Status == OrderStatus.Pending).Sum(status => status.Orders), open));
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

    private static (string Name, DateOnly From) FrameOf(string? timeframe, DateOnly today) => timeframe switch
    {
        null or "today" or "day" => ("today", today),
        "week" or "7d" => ("week", today.AddDays(-6)),
        "month" or "30d" => ("month", today.AddDays(-29)),
        "year" or "365d" => ("year", today.AddDays(-364)),
        _ => throw new BadHttpRequestException("A timeframe is today, week, month or year.")
    };
}
