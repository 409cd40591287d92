using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering.Features;

public sealed record CancelOrderRequest(
    [property: StringLength(200)] string? Reason,
    [property: StringLength(500)] string? Comment,
    bool? NotifyCustomer);

/// <summary>
/// Stops an order for good. For the restaurant this is a refusal of a new order, and that needs a reason. The customer is always told,
/// because money goes back: <c>notifyCustomer</c> changes nothing. Where a driver carries the food, a word of Delivery's ReturnReason as the
/// reason decides whether it counts against the customer's cash.
/// </summary>
internal static class CancelOrder
{
    public static void Map(IEndpointRouteBuilder orders, IEndpointRouteBuilder admin)
    {
        orders.MapMethods("/{orderId:guid}/cancel", [HttpMethods.Post, HttpMethods.Put], Handle)
            .WithName(nameof(CancelOrder)).WithSummary("Cancel an order");
        admin.MapPost("/{orderId:guid}/cancel", Handle).WithName("CancelAnyOrder").WithSummary("Cancel any order");
    }

    internal static async Task<Ok<Envelope<OrderView>>> Handle(
        Guid orderId, CancelOrderRequest? request, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal,
        IOptions<OrderingOptions> options, TimeProvider clock)
    {
        var (now, actor) = (clock.GetUtcNow(), user.AsActor());
        var order = await db.RequireOrderAsync(orderId, user, http.RequestAborted);
        if (actor.Kind == ActorKind.Restaurant)
            order.Reject(actor, request?.Reason, now);
        else
            order.Cancel(actor, request?.Reason, request?.Comment, options.Value.Cancellation, now);
        if (user.IsAdmin)
            db.RecordAction(user, "order.cancelled", "order", orderId, now, ("number", order.OrderNumber), ("reason", request?.Reason));
        journal.Record(order);
        await db.SaveChangesAsync(http.RequestAborted);

        return Answer.Ok(Views.Of(order, actor, Language.Of(http)));
    }
}
