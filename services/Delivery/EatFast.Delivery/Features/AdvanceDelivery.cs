using System.ComponentModel.DataAnnotations;
using EatFast.Delivery.Clients;
using EatFast.Delivery.Contracts;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record AdvanceDeliveryRequest(
    [property: Required, AllowedValues("picking_up", "picked_up", "delivering", "delivered")] string Status,
    [property: StringLength(12, MinimumLength = 1), RegularExpression("[0-9A-Za-z]+")] string? Code = null);

/// <summary>Moves the delivery on: picked_up needs the restaurant's code, delivered the customer's; a repeat changes nothing.</summary>
internal static class AdvanceDelivery
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapMethods("/deliveries/{id:guid}/status", ["PUT", "PATCH"], Handle)
        .WithName(nameof(AdvanceDelivery))
        .WithSummary("Move my delivery to its next step");

    internal static async Task<Ok<Envelope<DeliveryOrder>>> Handle(
        Guid id, AdvanceDeliveryRequest request, CurrentUser user, DeliveryDbContext db, People people, TimeProvider clock,
        CancellationToken ct)
    {
        var delivery = await db.DecideAsync(() => MoveAsync(id, request, user.Id, db, clock.GetUtcNow(), ct));
        var customer = delivery.Status.IsActive() ? await people.FindCustomerAsync(delivery.Order, ct) : null;
        return Answer.Ok(new DeliveryOrder(delivery, customer));
    }

    private static async Task<Domain.Delivery> MoveAsync(
        Guid id, AdvanceDeliveryRequest request, Guid driverId, DeliveryDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var target = Words.Parse<DeliveryStatus>(request.Status);
        var delivery = await db.Deliveries.Where(d => d.DriverId == driverId).Called(id).SingleOrDefaultAsync(ct)
            ?? throw new RuleViolatedException("DELIVERY_NOT_FOUND");
        if (delivery.Status == target)
            return delivery;
        if (!delivery.Accepts(target, request.Code, now))
        {
            // Saved before it is said: guesses sent side by side collide here, so each answer costs one of the tries.
            await db.SaveChangesAsync(ct);
            throw new RuleViolatedException("WRONG_CODE", ("attemptsLeft", delivery.CodeTriesLeft));
        }

        delivery.Advance(target, now);
        if (target == DeliveryStatus.Delivered)
            (await db.Drivers.SingleAsync(driver => driver.Id == driverId, ct)).CompleteJob(now);
        Announce(db, delivery, driverId, now);
        await db.SaveChangesAsync(ct);
        return delivery;
    }

    private static void Announce(DeliveryDbContext db, Domain.Delivery delivery, Guid driverId, DateTimeOffset now)
    {
        if (delivery.Status == DeliveryStatus.PickedUp)
            db.Announce(new DeliveryPickedUp(delivery.Id, delivery.OrderId, driverId, now), about: delivery.Id, now);
        if (delivery.Status == DeliveryStatus.Delivering)
            db.Announce(new DeliveryInTransit(delivery.Id, delivery.OrderId, driverId, now), about: delivery.Id, now);
        if (delivery.Status != DeliveryStatus.Delivered)
            return;
        if (delivery.IsCash)
            db.Announce(new CashCollected(delivery.Id, delivery.OrderId, driverId, delivery.Order.TotalXaf, now), about: delivery.Id, now);
        db.Announce(new DeliveryCompleted(delivery.Id, delivery.OrderId, driverId, now), about: delivery.Id, now);
    }
}
