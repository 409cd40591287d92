using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record FollowGuestOrdersResponse(IReadOnlyList<OrderView> Orders, Pagination Pagination);

/// <summary>A guest's order in the seven words of the guests' screen, which fails on any other.</summary>
public sealed record GuestTrackingView(
    Guid OrderId, string OrderNumber, string Status, string RestaurantName, IReadOnlyList<OrderItemView> Items, long TotalAmount, string Currency,
    string DeliveryAddress, string? DriverName, string? DriverPhone, GuestPointView? DriverLocation, DateTimeOffset EstimatedDeliveryTime,
    IReadOnlyList<GuestStepView> StatusHistory, string DropCode, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record GuestPointView(double Lat, double Lng);

public sealed record GuestStepView(string Status, DateTimeOffset Timestamp, string? Note);

/// <summary>A guest sees the orders of the session, and where the food is; another session's orders are not there.</summary>
internal static class FollowGuestOrders
{
    public static void Map(IEndpointRouteBuilder guest)
    {
        guest.MapGet("/orders", Handle).WithName("ListGuestOrders").WithSummary("List a guest's orders");
        guest.MapGet("/orders/{orderId:guid}/tracking", HandleTracking).WithName("TrackGuestOrder").WithSummary("Follow a guest's order");
    }

    internal static async Task<Ok<Envelope<FollowGuestOrdersResponse>>> Handle(
        [FromQuery(Name = "sessionId")] string? sessionId, [AsParameters] PageQuery page, HttpContext http, Guests guests, OrderingDbContext db,
        CancellationToken ct)
    {
        var guest = await guests.RequireAsync(http.Request, sessionId, ct);
        var mine = db.WholeOrders.AsSplitQuery().AsNoTracking().Where(order => order.CustomerId == guest);
        var total = await mine.LongCountAsync(ct);
        var shown = await mine.OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var reader = new Actor(ActorKind.Customer, guest);
        return Answer.Ok(new FollowGuestOrdersResponse(shown.ConvertAll(order => Views.Of(order, reader, Language.Of(http))), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<GuestTrackingView>>> HandleTracking(
        Guid orderId, [FromQuery(Name = "sessionId")] string? sessionId, HttpContext http, Guests guests, OrderingDbContext db,
        DeliveryQuotes delivery, CancellationToken ct)
    {
        var guest = await guests.RequireAsync(http.Request, sessionId, ct);
        var order = await db.WholeOrders.AsNoTracking().SingleOrDefaultAsync(found => found.Id == orderId && found.CustomerId == guest, ct)
            ?? throw new RuleViolatedException("ORDER_NOT_FOUND");
        var tracking = order.ConfirmedAt is null || order.IsPickup ? null : await delivery.TrackAsync(orderId, ct);
        var steps = Timeline.Of(order, Language.Of(http)).Select(step => new GuestStepView(WordOf(step.Status, false), step.Timestamp, step.Description));
        return Answer.Ok(new GuestTrackingView(
            order.Id, order.OrderNumber, WordOf(order.Status, order.DriverId is not null), order.Restaurant.Name, Views.ItemsOf(order),
            order.Pricing.TotalXaf, "XAF", order.Address.Street, tracking?.DriverName, tracking?.DriverPhone,
            tracking?.Position is { } at ? new(at.Latitude, at.Longitude) : null, order.EstimatedDeliveryAt, [.. steps], order.DropCode,
            order.CreatedAt, order.UpdatedAt));
    }

    private static string WordOf(string status, bool hasDriver) => status switch
    {
        OrderStatus.InTransit => "on_the_way",
        OrderStatus.Ready when hasDriver => "assigned",
        OrderStatus.Completed => OrderStatus.Delivered,
        OrderStatus.Rejected or OrderStatus.Expired => OrderStatus.Cancelled,
        _ => status
    };
}
