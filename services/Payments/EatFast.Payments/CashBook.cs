using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>Books cash once somebody holds it. An order that had stopped is not paid by it: a person has to bring it back.</summary>
internal sealed class CashBook(PaymentsDbContext db, TimeProvider clock, ILogger<CashBook> logger)
{
    public void Take(Payment payment, Guid holder)
    {
        var now = clock.GetUtcNow();
        if (!payment.CollectCash(now))
            return;
        db.Add(LedgerEntry.CashCollected(payment, holder, now));
        if (payment.StoppedAs is null)
            db.Announce(new PaymentSucceeded(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        else
            logger.LogError(
                "{Holder} took {Amount} XAF for order {OrderId}, which had stopped: the money belongs to the customer",
                holder, payment.AmountXaf, payment.OrderId);
    }
}
