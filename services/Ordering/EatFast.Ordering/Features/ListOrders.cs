using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record ListOrdersQuery(
    [property: FromQuery(Name = "status")] string[]? Status,
    [property: FromQuery(Name = "fromDate"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? FromDate,
    [property: FromQuery(Name = "toDate"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? ToDate)
    : IValidatableObject
{
    internal List<string> Statuses =>
        [.. (Status ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    // A day without a time means all of that day.
    internal DateTimeOffset? Until => ToDate is { } to && to.TimeOfDay == TimeSpan.Zero ? to.AddDays(1).AddTicks(-10) : ToDate;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Statuses.Except(OrderStatus.All).Any())
            yield return new("Unknown order status.", [nameof(Status)]);
    }
}

public sealed record ListOrdersResponse(IReadOnlyList<OrderView> Orders, Pagination Pagination);

/// <summary>The caller's orders, newest first. A restaurant sees an order only from the moment the money is known good.</summary>
internal static class ListOrders
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/", Handle)
        .WithName(nameof(ListOrders))
        .WithSummary("List your orders");

    internal static async Task<Ok<Envelope<ListOrdersResponse>>> Handle(
        [AsParameters] ListOrdersQuery query, [AsParameters] PageQuery page, HttpContext http, CurrentUser user, OrderingDbContext db,
        CancellationToken ct)
    {
        var orders = Filter(db.WholeOrders.AsSplitQuery().AsNoTracking().VisibleTo(user), query, user);
        var total = await orders.LongCountAsync(ct);
        var shown = await orders.OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var views = shown.ConvertAll(order => Views.Of(order, user.AsActor(), Language.Of(http)));
        return Answer.Ok(new ListOrdersResponse(views, page.Of(total)));
    }

    private static IQueryable<Order> Filter(IQueryable<Order> orders, ListOrdersQuery query, CurrentUser user)
    {
        if (user.Role == Roles.RestaurantOwner)
            orders = orders.Where(order => order.ReleasedAt != null);
        if (query.Statuses is { Count: > 0 } statuses)
            orders = orders.Where(order => statuses.Contains(order.Status));
        if (query.FromDate?.ToUniversalTime() is { } from)
            orders = orders.Where(order => order.CreatedAt >= from);
        if (query.Until?.ToUniversalTime() is { } until)
            orders = orders.Where(order => order.CreatedAt <= until);
        return orders;
    }
}
