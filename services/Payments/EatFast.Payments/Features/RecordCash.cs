using EatFast.Delivery.Contracts;
using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using MassTransit;

namespace EatFast.Payments.Features;

/// <summary>A driver took the cash: it is ours from now on, on the driver's float. The delivery itself may have said so before.</summary>
internal sealed class RecordCash(PaymentsDbContext db, OrderPayments payments, TimeProvider clock, ILogger<RecordCash> logger)
    : IConsumer<CashCollected>
{
    public async Task Consume(ConsumeContext<CashCollected> context)
    {
        var cash = context.Message;
        var now = clock.GetUtcNow();
        var payment = await payments.FindOrAddAsync(cash.OrderId, context.CancellationToken);
        if (cash.AmountXaf != payment.AmountXaf)
            logger.LogError(
                "Order {OrderId}: the driver took {Taken} XAF instead of {Due} XAF", cash.OrderId, cash.AmountXaf, payment.AmountXaf);
        if (payment.CollectCash(now))
        {
            db.Add(LedgerEntry.CashCollected(payment, cash.DriverId, now));
            db.Announce(new PaymentSucceeded(payment.Id, payment.OrderId, payment.Method, payment.AmountXaf, now), payment.OrderId, now);
        }
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
