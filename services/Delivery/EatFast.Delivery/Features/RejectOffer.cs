using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

// The app also sends driverId, orderId and rejectedAt; token, path and clock are what count.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record RejectOfferRequest(
    [property: Required, StringLength(300, MinimumLength = 1), RegularExpression(@"[^\x00]*")] string Reason);

public sealed record RejectOfferResponse(Guid DeliveryId, Guid OrderId, string Status);

/// <summary>A driver does not want this delivery: it disappears from that driver's list and stays open for the others.</summary>
internal static class RejectOffer
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapPost("/orders/{orderId:guid}/reject", Handle)
        .WithName(nameof(RejectOffer))
        .WithSummary("Do not show me this delivery again");

    internal static async Task<Ok<Envelope<RejectOfferResponse>>> Handle(
        Guid orderId, RejectOfferRequest request, CurrentUser user, DeliveryDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var delivery = await db.Deliveries.AsNoTracking().Called(orderId).SingleOrDefaultAsync(ct)
            ?? throw new RuleViolatedException("DELIVERY_NOT_FOUND");
        if (delivery.DriverId == user.Id)
            throw new RuleViolatedException("DRIVER_BUSY");
        // A second tap finds the row of the first (primary key) and changes nothing.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO delivery.offer_rejections (delivery_id, driver_id, reason, rejected_at)
            VALUES ({delivery.Id}, {user.Id}, {request.Reason}, {clock.GetUtcNow()})
            ON CONFLICT DO NOTHING
            """, ct);
        if (delivery.OfferedTo == user.Id)
            await AskNextAsync(delivery.Id, db, clock.GetUtcNow(), ct);
        return Answer.Ok(new RejectOfferResponse(delivery.Id, delivery.OrderId, "rejected"));
    }

    // Nobody has to wait for the end of an offer that was answered.
    private static Task<int> AskNextAsync(Guid deliveryId, DeliveryDbContext db, DateTimeOffset now, CancellationToken ct) => db.Timers
        .Where(timer => timer.DeliveryId == deliveryId && timer.Kind == DeliveryTimer.Offer && timer.DoneAt == null && timer.DueAt > now)
        .ExecuteUpdateAsync(timer => timer.SetProperty(row => row.DueAt, now), ct);
}
