using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering.Features;

public sealed record ChangeOrderStatusRequest(
    [property: Required, StringLength(40)] string Status,
    [property: Range(1, 240)] int? EstimatedPreparationTime,
    [property: StringLength(200)] string? Reason) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ChangeOrderStatus.StatusOf(Status) is null)
            yield return new("Unknown order status.", [nameof(Status)]);
    }
}

/// <summary>The one route all clients move an order with. Drivers do not: their steps need codes and go through Delivery.</summary>
internal static class ChangeOrderStatus
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapMethods("/{orderId:guid}/status", [HttpMethods.Put, HttpMethods.Patch], Handle)
        .WithName(nameof(ChangeOrderStatus))
        .WithSummary("Move an order to its next status");

    internal static async Task<Ok<Envelope<OrderView>>> Handle(
        Guid orderId, ChangeOrderStatusRequest request, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal,
        IOptions<OrderingOptions> options, TimeProvider clock)
    {
        var order = await db.RequireOrderAsync(orderId, user, http.RequestAborted);
        var (now, before) = (clock.GetUtcNow(), order.Status);
        Change(order, request, user.AsActor(), options.Value, now);
        if (user.IsAdmin)
            db.RecordAction(user, "order.status_changed", "order", orderId, now, ("from", before), ("to", order.Status));
        journal.Record(order);
        await db.SaveChangesAsync(http.RequestAborted);

        return Answer.Ok(Views.Of(order, user.AsActor(), Language.Of(http)));
    }

    /// <summary>The stored status a client's word stands for.</summary>
    internal static string? StatusOf(string word) => word switch
    {
        "accepted" => OrderStatus.Confirmed,
        "ready_for_pickup" => OrderStatus.Ready,
        "on_the_way" or "delivering" or "en_route" => OrderStatus.InTransit,
        "created" or "new" => OrderStatus.Pending,
        "canceled" => OrderStatus.Cancelled,
        _ => OrderStatus.All.Contains(word) ? word : null
    };

    private static void Change(Order order, ChangeOrderStatusRequest request, Actor actor, OrderingOptions options, DateTimeOffset now)
    {
        var status = StatusOf(request.Status)!;
        switch (status)
        {
            case OrderStatus.Confirmed:
                order.Confirm(actor, request.EstimatedPreparationTime ?? options.DefaultPreparationMinutes, now);
                break;
            case OrderStatus.Rejected:
            case OrderStatus.Cancelled when actor.Kind == ActorKind.Restaurant:
                order.Reject(actor, request.Reason, now);
                break;
            case OrderStatus.Cancelled:
                order.Cancel(actor, request.Reason, null, options.Cancellation, now);
                break;
            case OrderStatus.PickedUp or OrderStatus.InTransit or OrderStatus.Delivered when actor.Kind == ActorKind.Driver:
                throw new RuleViolatedException("USE_DELIVERY_ROUTE");
            default:
                order.MoveTo(status, actor, now, request.Reason);
                break;
        }
    }
}
