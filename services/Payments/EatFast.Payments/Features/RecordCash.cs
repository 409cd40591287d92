using EatFast.Delivery.Contracts;
using EatFast.Payments.Data;
using MassTransit;

namespace EatFast.Payments.Features;

/// <summary>A driver took the cash: it is ours from now on, on the driver's float. The delivery itself may have said so before.</summary>
internal sealed class RecordCash(PaymentsDbContext db, OrderPayments payments, CashBook cashBook, ILogger<RecordCash> logger)
    : IConsumer<CashCollected>
{
    public async Task Consume(ConsumeContext<CashCollected> context)
    {
        var cash = context.Message;
        var payment = await payments.FindOrAddAsync(cash.OrderId, context.CancellationToken);
        if (cash.AmountXaf != payment.AmountXaf)
            logger.LogError(
                "Order {OrderId}: the driver took {Taken} XAF instead of {Due} XAF", cash.OrderId, cash.AmountXaf, payment.AmountXaf);
        cashBook.Take(payment, cash.DriverId);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
