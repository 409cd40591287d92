using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering;

public sealed record SalesView(
    int TotalOrders, int CompletedOrders, int ActiveOrders, int PendingOrders, int RejectedOrders, int CancelledOrders, long TotalRevenue,
    long DeliveryFees, long Discounts, long Tips, long Commission, long AverageOrderValue, int TotalCustomers, double? AverageRating);

public sealed record SalesBucketView(string Bucket, int Orders, long Revenue);

public sealed record PopularItemView(Guid ItemId, string Name, int Quantity, long Revenue);

/// <summary>Counts what was sold, from the orders themselves, so that figures are exact at any time. Revenue is of delivered orders only.</summary>
internal static class Sales
{
    /// <summary>The days that may be asked about; a day or a year around them can still be reckoned with.</summary>
    public const string FirstDay = "2000-01-01";
    public const string LastDay = "2199-12-31";

    // Cameroon is at UTC+1 all year; a business day is a calendar day there.
    private static readonly TimeSpan Local = TimeSpan.FromHours(1);

    public static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Local).ToUniversalTime();

    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Local).DateTime);

    /// <summary>Orders of these days that the kitchen got to see, stopped unpaid ones left out.</summary>
    public static IQueryable<Order> Sold(this IQueryable<Order> orders, DateOnly from, DateOnly until)
    {
        var (start, end) = (StartOf(from), StartOf(until.AddDays(1)));
        return orders.Where(order => order.CreatedAt >= start && order.CreatedAt < end && order.ReleasedAt != null);
    }

    public static async Task<SalesView> SumAsync(this IQueryable<Order> sold, CancellationToken ct)
    {
        var groups = await sold.GroupBy(order => order.Status).Select(group => new
        {
            Status = group.Key,
            Count = group.Count(),
            Total = group.Sum(order => order.Pricing.TotalXaf),
            Fees = group.Sum(order => order.Pricing.DeliveryFeeXaf),
            Discounts = group.Sum(order => order.Pricing.DiscountXaf),
            Tips = group.Sum(order => order.Pricing.TipXaf),
            // As the books have it: the restaurant's part is rounded down.
            Commission = group.Sum(order => Math.Ceiling(order.Pricing.SubtotalXaf * order.CommissionPercent / 100))
        }).ToListAsync(ct);
        var customers = await sold.Select(order => order.CustomerId).Distinct().CountAsync(ct);
        var rating = await sold.Where(order => order.Rating != null).AverageAsync(order => (double?)order.Rating!.Rating, ct);
        var done = groups.FindAll(group => group.Status is OrderStatus.Delivered or OrderStatus.Completed);
        var (count, revenue) = (done.Sum(group => group.Count), done.Sum(group => group.Total));
        return new(
            groups.Sum(group => group.Count), count, CountOf(status => !OrderStatus.IsStopped(status) && !OrderStatus.HasReached(status, OrderStatus.Delivered)),
            CountOf(status => status == OrderStatus.Pending), CountOf(status => status == OrderStatus.Rejected),
            CountOf(status => status == OrderStatus.Cancelled), revenue, done.Sum(group => group.Fees), done.Sum(group => group.Discounts),
            done.Sum(group => group.Tips), (long)done.Sum(group => group.Commission), count == 0 ? 0 : revenue / count, customers, rating is { } stars ? Math.Round(stars, 2) : null);

        int CountOf(Func<string, bool> counts) => groups.Where(group => counts(group.Status)).Sum(group => group.Count);
    }

    /// <summary>Delivered orders by local day, or by hour of one day.</summary>
    public static async Task<List<SalesBucketView>> BucketsAsync(this IQueryable<Order> sold, bool byHour, CancellationToken ct)
    {
        var rows = await Done(sold).Select(order => new { order.CreatedAt, order.Pricing.TotalXaf }).ToListAsync(ct);
        return [.. rows
            .GroupBy(row => row.CreatedAt.ToOffset(Local).ToString(byHour ? "HH:00" : "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SalesBucketView(group.Key, group.Count(), group.Sum(row => row.TotalXaf)))];
    }

    public static Task<List<PopularItemView>> PopularAsync(this IQueryable<Order> sold, int count, CancellationToken ct) => Done(sold)
        .SelectMany(order => order.Items)
        .GroupBy(item => new { item.ItemId, item.Name })
        .Select(group => new { group.Key, Pieces = group.Sum(item => item.Quantity), Worth = group.Sum(item => item.Quantity * item.UnitPriceXaf) })
        .OrderByDescending(dish => dish.Pieces).ThenBy(dish => dish.Key.ItemId)
        .Take(count)
        .Select(dish => new PopularItemView(dish.Key.ItemId, dish.Key.Name, dish.Pieces, dish.Worth))
        .ToListAsync(ct);

    public static IQueryable<Order> Done(this IQueryable<Order> orders) =>
        orders.Where(order => order.Status == OrderStatus.Delivered || order.Status == OrderStatus.Completed);
}
