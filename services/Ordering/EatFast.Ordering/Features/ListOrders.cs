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
    [property: FromQuery(Name = "fromDate")] ListMoment? FromDate,
    [property: FromQuery(Name = "toDate")] ListMoment? ToDate,
    [property: FromQuery(Name = "restaurantId")] Guid? RestaurantId,
    [property: FromQuery(Name = "paymentMethod"), StringLength(40)] string? PaymentMethod,
    [property: FromQuery(Name = "cursor"), StringLength(80)] string? Cursor)
    : IValidatableObject
{
    internal List<string> Statuses =>
        [.. (Status ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Statuses.Except(OrderStatus.All).Any())
            yield return new("Unknown order status.", [nameof(Status)]);
        if (!string.IsNullOrEmpty(Cursor) && EatFast.Ordering.Cursor.Read(Cursor) is null)
            yield return new("This is no cursor of ours.", [nameof(Cursor)]);
    }
}

/// <summary>With <c>nextCursor</c> as <c>cursor</c> the list goes on behind its last order, whatever was placed meanwhile.</summary>
public sealed record ListOrdersResponse(IReadOnlyList<OrderView> Orders, Pagination Pagination, string? NextCursor);

/// <summary>The caller's orders, newest first. A restaurant sees an order only from the moment the money is known good.</summary>
internal static class ListOrders
{
    public static void Map(IEndpointRouteBuilder orders, IEndpointRouteBuilder board, IEndpointRouteBuilder admin)
    {
        orders.MapGet("/", Handle).WithName(nameof(ListOrders)).WithSummary("List your orders");
        board.MapGet("/", Handle).WithName("ListRestaurantOrders").WithSummary("List your restaurant's orders");
        admin.MapGet("/", Handle).WithName("ListAllOrders").WithSummary("List all orders");
    }

    internal static async Task<Ok<Envelope<ListOrdersResponse>>> Handle(
        [AsParameters] ListOrdersQuery query, [AsParameters] PageQuery page, HttpContext http, CurrentUser user, OrderingDbContext db,
        CancellationToken ct)
    {
        var orders = Filter(db.WholeOrders.AsSplitQuery().AsNoTracking().VisibleTo(user), query, user);
        var total = await orders.LongCountAsync(ct);
        // Uses the index on the caller's column and created_at; with a cursor nothing before it is read.
        var from = string.IsNullOrEmpty(query.Cursor) ? null : Cursor.Read(query.Cursor);
        if (from is not null)
            orders = orders.Where(order => order.CreatedAt < from.CreatedAt || (order.CreatedAt == from.CreatedAt && order.Id < from.OrderId));
        var shown = await orders.OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id)
            .Skip(from is null ? page.Skip : 0).Take(page.Limit).ToListAsync(ct);
        var views = shown.ConvertAll(order => Views.Of(order, user.AsActor(), Language.Of(http)));
        var next = shown.Count == page.Limit ? Cursor.After(shown[^1]) : null;
        return Answer.Ok(new ListOrdersResponse(views, page.Of(total), next));
    }

    private static IQueryable<Order> Filter(IQueryable<Order> orders, ListOrdersQuery query, CurrentUser user)
    {
        if (user.Role == Roles.RestaurantOwner)
            orders = orders.Where(order => order.ReleasedAt != null);
        if (query.Statuses is { Count: > 0 } statuses)
            orders = orders.Where(order => statuses.Contains(order.Status));
        if (query.RestaurantId is { } restaurantId)
            orders = orders.Where(order => order.RestaurantId == restaurantId);
        if (query.PaymentMethod is { Length: > 0 } method)
            orders = orders.Where(order => order.PaymentMethod == method);
        if (query.FromDate?.From is { } from)
            orders = orders.Where(order => order.CreatedAt >= from);
        if (query.ToDate?.Until is { } until)
            orders = orders.Where(order => order.CreatedAt <= until);
        return orders;
    }
}
