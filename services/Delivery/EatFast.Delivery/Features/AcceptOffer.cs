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

/// <summary>One driver wins the delivery: the row's version lets a single save through, the others look again and find it taken.</summary>
internal static class AcceptOffer
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapPost("/orders/{orderId:guid}/accept", Handle)
        .WithName(nameof(AcceptOffer))
        .WithSummary("Take a delivery");

    internal static async Task<Ok<Envelope<DeliveryOrder>>> Handle(
        Guid orderId, CurrentUser user, DeliveryDbContext db, People people, DispatchRules rules, TimeProvider clock, CancellationToken ct)
    {
        var delivery = await db.DecideAsync(() => AssignAsync(orderId, user.Id, db, rules, clock.GetUtcNow(), ct));
        var customer = await people.FindCustomerAsync(delivery.Order, ct);
        return Answer.Ok(new DeliveryOrder(delivery, customer));
    }

    private static async Task<Domain.Delivery> AssignAsync(
        Guid orderId, Guid driverId, DeliveryDbContext db, DispatchRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var delivery = await db.Deliveries.Called(orderId).SingleOrDefaultAsync(ct)
            ?? throw new RuleViolatedException("DELIVERY_NOT_FOUND");
        // The winner asks again when the first answer got lost.
        if (delivery.DriverId == driverId)
            return delivery;
        var driver = await db.Drivers.SingleOrDefaultAsync(d => d.Id == driverId, ct) ?? throw new RuleViolatedException("DRIVER_OFFLINE");

        if (rules.ExclusiveOffers)
            delivery.RequireNotReserved(driverId, now);
        delivery.AssignTo(driver, now);
        db.Announce(new DeliveryAssigned(delivery.Id, delivery.OrderId, driverId, now), about: delivery.Id, now);
        Failpoint.Reach("delivery.accept-before-commit");
        await db.SaveChangesAsync(ct);
        Failpoint.Reach("delivery.accept-after-commit");
        return delivery;
    }
}
