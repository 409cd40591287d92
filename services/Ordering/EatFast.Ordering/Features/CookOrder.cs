using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>The kitchen's two buttons: cooking has begun, and the food can be fetched.</summary>
internal static class CookOrder
{
    public static void Map(IEndpointRouteBuilder board)
    {
        board.MapPost("/{orderId:guid}/preparing", HandlePreparing).WithName("StartPreparing").WithSummary("Start cooking");
        board.MapPost("/{orderId:guid}/ready", HandleReady).WithName("MarkOrderReady").WithSummary("The food is ready");
    }

    internal static Task<Ok<Envelope<OrderView>>> HandlePreparing(
        Guid orderId, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal, TimeProvider clock) =>
        MoveAsync(orderId, OrderStatus.Preparing, http, user, db, journal, clock);

    internal static Task<Ok<Envelope<OrderView>>> HandleReady(
        Guid orderId, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal, TimeProvider clock) =>
        MoveAsync(orderId, OrderStatus.Ready, http, user, db, journal, clock);

    private static async Task<Ok<Envelope<OrderView>>> MoveAsync(
        Guid orderId, string status, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal, TimeProvider clock)
    {
        var order = await db.RequireOrderAsync(orderId, user, http.RequestAborted);
        order.MoveTo(status, user.AsActor(), clock.GetUtcNow());
        journal.Record(order);
        await db.SaveChangesAsync(http.RequestAborted);

        return Answer.Ok(Views.Of(order, user.AsActor(), Language.Of(http)));
    }
}
