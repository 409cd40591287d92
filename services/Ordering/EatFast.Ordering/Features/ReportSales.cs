using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>Both days count; without them the last thirty.</summary>
public sealed record ReportSalesQuery(
    [property: FromQuery(Name = "from"), Range(typeof(DateOnly), Sales.FirstDay, Sales.LastDay)] DateOnly? From,
    [property: FromQuery(Name = "to"), Range(typeof(DateOnly), Sales.FirstDay, Sales.LastDay)] DateOnly? To,
    [property: FromQuery(Name = "startDate"), Range(typeof(DateOnly), Sales.FirstDay, Sales.LastDay)] DateOnly? StartDate,
    [property: FromQuery(Name = "endDate"), Range(typeof(DateOnly), Sales.FirstDay, Sales.LastDay)] DateOnly? EndDate,
    [property: FromQuery(Name = "restaurantId")] Guid? RestaurantId) : IValidatableObject
{
    private const int LongestDays = 366;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((From ?? StartDate) is { } from && (To ?? EndDate) is { } to && (to < from || to.DayNumber - from.DayNumber >= LongestDays))
            yield return new($"From comes before to, at most {LongestDays} days apart.", ["from"]);
    }

    internal (DateOnly From, DateOnly Until) Days(DateOnly today)
    {
        var until = To ?? EndDate ?? today;
        return (From ?? StartDate ?? until.AddDays(-29), until);
    }
}

public sealed record ReportSalesResponse(
    DateOnly From, DateOnly To, string Currency, SalesView Summary, long Commission, IReadOnlyList<SalesBucketView> ByDay, IReadOnlyList<MethodSalesView> ByMethod,
    IReadOnlyList<RestaurantSalesView> TopRestaurants);

public sealed record MethodSalesView(string Method, int Orders, long Revenue);

public sealed record RestaurantSalesView(Guid RestaurantId, string Name, int Orders, long Revenue, long Commission);

/// <summary>What was earned between two days, for a restaurant its own and for admins everybody's; only delivered orders are revenue.</summary>
internal static class ReportSales
{
    private const int Top = 10;

    public static void Map(IEndpointRouteBuilder restaurant, IEndpointRouteBuilder admin)
    {
        restaurant.MapGet("/financial", Handle).WithName("ReportRestaurantSales").WithSummary("Your financial report");
        admin.MapGet("/financial", Handle).WithName("ReportAllSales").WithSummary("The platform's financial report");
    }

    internal static async Task<Ok<Envelope<ReportSalesResponse>>> Handle(
        [AsParameters] ReportSalesQuery query, CurrentUser user, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (from, until) = query.Days(Sales.DayOf(clock.GetUtcNow()));
        var sold = db.Orders.AsNoTracking().VisibleTo(user).Where(order => query.RestaurantId == null || order.RestaurantId == query.RestaurantId)
            .Sold(from, until);
        var methods = await sold.Done().GroupBy(order => order.PaymentMethod)
            .Select(group => new MethodSalesView(group.Key, group.Count(), group.Sum(order => order.Pricing.TotalXaf)))
            .ToListAsync(ct);
        var restaurants = await sold.Done().GroupBy(order => order.RestaurantId)
            .Select(group => new
            {
                group.Key,
                Name = group.Max(order => order.Restaurant.Name)!,
                Orders = group.Count(),
                Revenue = group.Sum(order => order.Pricing.TotalXaf),
                Commission = group.Sum(order => Math.Ceiling(order.Pricing.SubtotalXaf * order.CommissionPercent / 100))
            })
            .OrderByDescending(row => row.Revenue).ThenBy(row => row.Key).Take(Top).ToListAsync(ct);
        var summary = await sold.SumAsync(ct);
        return Answer.Ok(new ReportSalesResponse(
            from, until, "XAF", summary, summary.Commission, await sold.BucketsAsync(byHour: false, ct),
            [.. methods.OrderByDescending(method => method.Revenue)],
            restaurants.ConvertAll(row => new RestaurantSalesView(row.Key, row.Name, row.Orders, row.Revenue, (long)row.Commission))));
    }
}
