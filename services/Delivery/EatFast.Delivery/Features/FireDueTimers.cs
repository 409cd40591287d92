using EatFast.Delivery.Contracts;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>
/// Asks the next driver when one did not answer in time, and calls the operators when food waits. Replicas share the work row by row.
/// </summary>
internal sealed class FireDueTimers(
    DeliveryDbContext db, Dispatch dispatch, DispatchRules rules, TimeProvider clock, ILogger<FireDueTimers> logger) : IPeriodicWork
{
    private const int MostPerRun = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        for (var fired = 0; fired < MostPerRun && await FireNextAsync(ct); fired++)
            db.ChangeTracker.Clear();
    }

    private async Task<bool> FireNextAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await ClaimAsync(now, ct) is not { } timer)
            return false;
        var delivery = await db.Deliveries.SingleAsync(found => found.Id == timer.DeliveryId, ct);
        if (timer.Kind == DeliveryTimer.Offer)
            await OfferAsync(timer, delivery, now, ct);
        else
            Alert(timer, delivery, now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            logger.LogInformation("Delivery {DeliveryId} changed while its timer ran; the timer runs again", delivery.Id);
            return true;
        }
        Failpoint.Reach("timer.after-claim-before-commit");
        await transaction.CommitAsync(ct);
        Failpoint.Reach("timer.after-commit");
        return true;
    }

    private async Task OfferAsync(DeliveryTimer timer, Domain.Delivery delivery, DateTimeOffset now, CancellationToken ct)
    {
        if (delivery.Status != DeliveryStatus.Pending)
        {
            timer.Finish(now);
            return;
        }
        if (await dispatch.NextDriverAsync(delivery, now, ct) is not { } driver)
        {
            timer.RunAgain(now + rules.OfferRetry);
            return;
        }
        var offer = delivery.OfferTo(driver, rules.OfferLease, now);
        timer.RunAgain(offer.EndsAt);
        db.Add(offer);
        db.Announce(
            new DeliveryOffered(offer.Id, delivery.Id, delivery.OrderId, delivery.Order.OrderNumber, driver.Id, offer.EndsAt, now),
            about: delivery.Id, now);
    }

    private void Alert(DeliveryTimer timer, Domain.Delivery delivery, DateTimeOffset now)
    {
        timer.Finish(now);
        if (!delivery.Stall(now))
            return;
        var order = delivery.Order;
        db.Announce(
            new DeliveryStalled(delivery.Id, delivery.OrderId, order.OrderNumber, order.RestaurantId, delivery.ReadyAt!.Value, now),
            about: delivery.Id, now);
    }

    // Uses ix_delivery_timers_due_at; the row stays locked until the delivery's change commits with it.
    private async Task<DeliveryTimer?> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var claimed = await db.Timers.FromSql($"""
            SELECT * FROM delivery.delivery_timers
            WHERE done_at IS NULL AND due_at <= {now}
            ORDER BY due_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        return claimed.SingleOrDefault();
    }
}
