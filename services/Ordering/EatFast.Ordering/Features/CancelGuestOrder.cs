using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering.Features;

public sealed record CancelGuestOrderRequest(
    [property: StringLength(100)] string? SessionId,
    [property: StringLength(200)] string? Reason,
    [property: StringLength(500)] string? Comment);

/// <summary>A guest stops an order of the session, by the same rules and for the same fee as anybody with an account.</summary>
internal static class CancelGuestOrder
{
    public static void Map(IEndpointRouteBuilder guest) => guest
        .MapPost("/orders/{orderId:guid}/cancel", Handle)
        .WithName(nameof(CancelGuestOrder))
        .WithSummary("Cancel a guest's order")
        .ProducesProblem(404);

    internal static async Task<Ok<Envelope<OrderView>>> Handle(
        Guid orderId, CancelGuestOrderRequest? request, HttpContext http, Guests guests, OrderingDbContext db, OrderJournal journal,
        IOptions<OrderingOptions> options, TimeProvider clock)
    {
        var (now, ct) = (clock.GetUtcNow(), http.RequestAborted);
        var guest = new Actor(ActorKind.Customer, await guests.RequireAsync(http.Request, request?.SessionId, ct));
        var order = await db.WholeOrders.SingleOrDefaultAsync(found => found.Id == orderId && found.CustomerId == guest.Id, ct)
            ?? throw new RuleViolatedException("ORDER_NOT_FOUND");
        order.Cancel(guest, request?.Reason, request?.Comment, options.Value.Cancellation, now);
        journal.Record(order);
        await db.SaveChangesAsync(ct);

        return Answer.Ok(Views.Of(order, guest, Language.Of(http)));
    }
}
