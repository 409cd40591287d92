using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>Books money that no provider moves: cash once somebody holds it, and what a wallet gives or gets back.</summary>
internal sealed class CashBook(PaymentsDbContext db, TimeProvider clock)
{
    /// <summary>The holder owes it to us from now on; that of an order that had stopped belongs to its payer's wallet.</summary>
    public void Take(Payment payment, Guid holder)
    {
        var now = clock.GetUtcNow();
        if (!payment.CollectCash(now))
            return;
        db.Add(Bookings.CashCollected(payment, holder, now));
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
        db.Add(Bookings.RefundedToWallet(payment, refundId, amountXaf, now));
        db.Announce(
            new RefundIssued(refundId, payment.Id, payment.OrderId, amountXaf, payment.RefundedXaf == payment.AmountXaf, now),
            payment.OrderId,
            now);
    }
}
