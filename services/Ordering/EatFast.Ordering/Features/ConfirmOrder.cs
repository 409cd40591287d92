using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering.Features;

public sealed record ConfirmOrderRequest([property: Range(1, 240)] int? EstimatedPreparationTime);

/// <summary>The restaurant takes an order and says how long the kitchen needs; from now on a driver is looked for.</summary>
internal static class ConfirmOrder
{
    public static void Map(IEndpointRouteBuilder board) => board
        .MapPost("/{orderId:guid}/confirm", Handle)
        .WithName(nameof(ConfirmOrder))
        .WithSummary("Accept an order");

    internal static async Task<Ok<Envelope<OrderView>>> Handle(
        Guid orderId, ConfirmOrderRequest? request, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal,
        IOptions<OrderingOptions> options, TimeProvider clock)
    {
        var minutes = request?.EstimatedPreparationTime ?? options.Value.DefaultPreparationMinutes;
        var order = await db.RequireOrderAsync(orderId, user, http.RequestAborted);
        order.Confirm(user.AsActor(), minutes, clock.GetUtcNow());
        journal.Record(order);
        await db.SaveChangesAsync(http.RequestAborted);

        return Answer.Ok(Views.Of(order, user.AsActor(), Language.Of(http)));
    }
}
