using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

public sealed record RejectOrderRequest([property: StringLength(200)] string? Reason);

/// <summary>The restaurant refuses a new order and says why; its client calls this "cancel".</summary>
internal static class RejectOrder
{
    public static void Map(IEndpointRouteBuilder board) => board
        .MapPost("/{orderId:guid}/cancel", Handle)
        .WithName(nameof(RejectOrder))
        .WithSummary("Refuse an order");

    internal static async Task<Ok<Envelope<OrderView>>> Handle(
        Guid orderId, RejectOrderRequest? request, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal,
        TimeProvider clock, CancellationToken ct)
    {
        var order = await db.RequireOrderAsync(orderId, user, ct);
        order.Reject(user.AsActor(), request?.Reason, clock.GetUtcNow());
        journal.Record(order);
        await db.SaveChangesAsync(ct);

        return Answer.Ok(Views.Of(order, user.AsActor(), Language.Of(http)));
    }
}
