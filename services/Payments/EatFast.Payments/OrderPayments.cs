using EatFast.Data;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>Finds an order's payment, making it from Ordering's own word when the event about the order has not arrived yet.</summary>
internal sealed class OrderPayments(PaymentsDbContext db, OrderLookup orders, TimeProvider clock)
{
    /// <summary>For consumers: a new payment is left for the consumer's one save, where a lost race ends in a retry.</summary>
    public async Task<Payment> FindOrAddAsync(Guid orderId, CancellationToken ct)
    {
        if (await db.FindByOrderAsync(orderId, ct) is { } known)
            return known;
        return Add(await orders.FindAsync(orderId, ct));
    }

    /// <summary>For requests: the payment exists afterwards, and a lost race is simply somebody else having made it.</summary>
    public async Task EnsureAsync(Guid orderId, CancellationToken ct)
    {
        if (await db.Payments.AnyAsync(payment => payment.OrderId == orderId, ct))
            return;
        Add(await orders.FindAsync(orderId, ct));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException lost) when (lost.IsDuplicate<Payment>(db))
        {
            // It exists, which is all that is wanted.
        }
        // Whoever goes on reads it again, under its lock.
        db.ChangeTracker.Clear();
    }

    private Payment Add(OrderFacts facts)
    {
        var now = clock.GetUtcNow();
        var payment = Payment.Of(facts.Order, now);
        if (facts.Status is "cancelled" or "rejected" or "expired")
            payment.Stop(facts.Status == "expired" ? PaymentStatus.Expired : PaymentStatus.Cancelled, now);
        db.Add(payment);
        return payment;
    }
}
