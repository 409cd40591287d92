using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>Books money that no provider moves: cash once somebody holds it, and what a wallet gives or gets back.</summary>
internal sealed class CashBook(PaymentsDbContext db, TimeProvider clock)
{
    /// <summary>
    /// The driver owes it to us from now on, or without one the restaurant that handed the food over itself; that of an order that had
    /// stopped belongs to its payer's wallet.
    /// </summary>
    public void Take(Payment payment, Guid? driverId)
    {
        var now = clock.GetUtcNow();
        if (!payment.CollectCash(now))
            return;
        db.Book(driverId is { } driver ? Bookings.CashCollected(payment, driver, now) : Bookings.CashKept(payment, now));
        if (driverId is { } holder)
            db.Announce(new DriverCashMoved(holder, now), holder, now);
        if (payment.StoppedAs is null)
            db.Announce(new PaymentSucceeded(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        else
            ReturnToWallet(payment, payment.Id, payment.AmountXaf);
    }

    public void ReturnToWallet(Payment payment, Guid refundId, long amountXaf)
    {
        var now = clock.GetUtcNow();
        payment.ReturnToWallet(amountXaf, now);
        db.Book(Bookings.RefundedToWallet(payment, refundId, amountXaf, now));
        db.Announce(
            new RefundIssued(refundId, payment.Id, payment.OrderId, amountXaf, payment.RefundedXaf == payment.AmountXaf, now),
            payment.OrderId,
            now);
    }
}
