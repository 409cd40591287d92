using EatFast.Ordering.Contracts;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>The food arrived: cash counts as collected, the money is split between restaurant, driver and us, and points are earned.</summary>
internal sealed class SettleOrder(
    PaymentsDbContext db, OrderPayments payments, OrderLookup orders, CashBook cashBook, PointsBook points, TimeProvider clock,
    ILogger<SettleOrder> logger)
    : IConsumer<OrderDelivered>
{
    public async Task Consume(ConsumeContext<OrderDelivered> context)
    {
        var delivered = context.Message;
        var ct = context.CancellationToken;
        var facts = await orders.FindAsync(delivered.OrderId, ct);
        var payment = await payments.FindOrAddAsync(delivered.OrderId, ct);
        var now = clock.GetUtcNow();
        cashBook.Take(payment, delivered.DriverId);
        if (payment.CompletedAt is null || payment.StoppedAs is not null)
            logger.LogError("Order {OrderId} was delivered, but its payment is {Status}", payment.OrderId, payment.Status);
        else if (!await db.LedgerEntries.AnyAsync(entry => entry.Kind == EntryKind.Settlement && entry.SourceId == payment.Id, ct))
        {
            payment.Settle(now);
            db.Book(Bookings.Settled(payment, facts.Parts, delivered.DriverId, payment.CommissionPercent, now));
            await points.EarnAsync(payment.CustomerId, payment.OrderId, facts.Parts.FoodOf(payment.AmountXaf), ct);
        }
        await db.SaveChangesAsync(ct);
    }
}
