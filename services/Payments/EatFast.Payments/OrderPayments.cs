using EatFast.Data;
using EatFast.Errors;
using EatFast.Messaging;
using EatFast.Payments.Clients;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>What is known of an order's parties before the order: in one look.</summary>
internal sealed record KnownTerms(Guid? AdoptedBy, decimal? Percent);

/// <summary>Finds an order's payment, making it from Ordering's own word when the event about the order has not arrived yet.</summary>
internal sealed class OrderPayments(PaymentsDbContext db, OrderLookup orders, Shares shares, TimeProvider clock)
{
    /// <summary>For consumers: a new payment is left for the consumer's one save, where a lost race ends in a retry.</summary>
    public async Task<Payment> FindOrAddAsync(Guid orderId, CancellationToken ct)
    {
        if (await db.FindByOrderAsync(orderId, ct) is { } known)
            return known;
        var facts = await orders.FindAsync(orderId, ct);
        return await AddAsync(facts.Order, facts.Status, ct);
    }

    /// <summary>
    /// For requests: the payment exists afterwards, and a lost race is simply somebody else having made it. True when there is nothing to
    /// pay.
    /// </summary>
    public async Task<bool> EnsureAsync(Guid orderId, CancellationToken ct)
    {
        // Uses ix_payments_order_id.
        if (await db.Payments.Where(payment => payment.OrderId == orderId).Select(payment => (long?)payment.AmountXaf).SingleOrDefaultAsync(ct)
            is { } knownXaf)
            return knownXaf == 0;
        var facts = await orders.FindAsync(orderId, ct);
        await AddAsync(facts.Order, facts.Status, ct);
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
        return facts.Order.TotalXaf == 0;
    }

    /// <summary>
    /// A guest pays in cash for an order to a number that was proven before it, as Ordering knows. Refuses with ORDER_NOT_FOUND or
    /// GUEST_PAYS_FIRST.
    /// </summary>
    public async Task RequireProvenPhoneAsync(Guid orderId, Guid guestId, CancellationToken ct)
    {
        var facts = await orders.FindAsync(orderId, ct);
        if (facts.Order.CustomerId != guestId)
            throw new RuleViolatedException("ORDER_NOT_FOUND");
        if (facts.Places is not { ProvenPhone.Length: > 0 })
            throw new RuleViolatedException("GUEST_PAYS_FIRST");
    }

    /// <summary>The restaurant's rate of this moment stays with the order; one that costs nothing is paid from the start.</summary>
    public async Task<Payment> AddAsync(OrderToPay order, string status, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Uses pk_converted_guests and pk_restaurant_rates.
        var terms = await db.Database.SqlQuery<KnownTerms>($"""
            SELECT (SELECT user_id FROM payments.converted_guests WHERE guest_id = {order.CustomerId}) AS adopted_by,
                (SELECT commission_percent FROM payments.restaurant_rates WHERE restaurant_id = {order.RestaurantId}) AS percent
            """).SingleAsync(ct);
        var payment = Payment.Of(
            order with { CustomerId = terms.AdoptedBy ?? order.CustomerId, CommissionPercent = terms.Percent ?? shares.CommissionPercent }, now);
        if (status is "cancelled" or "rejected" or "expired")
            payment.Stop(status == "expired" ? PaymentStatus.Expired : PaymentStatus.Cancelled, now);
        else
            CompleteIfFree(payment, now);
        db.Add(payment);
        return payment;
    }

    public void CompleteIfFree(Payment payment, DateTimeOffset now)
    {
        if (payment.CompleteWithoutMoney(now))
            db.Announce(new PaymentSucceeded(payment.Id, payment.OrderId, payment.Method, 0, now), payment.OrderId, now);
    }
}
