using EatFast.Ordering.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using MassTransit;

namespace EatFast.Payments.Features;

/// <summary>An order ended without a delivery: what was paid goes back, and so will money that is still on its way.</summary>
internal sealed class StopPayment(PaymentsDbContext db, OrderPayments payments, CashBook cashBook, TimeProvider clock)
    : IConsumer<OrderCancelled>, IConsumer<OrderRejected>, IConsumer<OrderExpired>
{
    public Task Consume(ConsumeContext<OrderCancelled> context) =>
        StopAsync(context.Message.OrderId, PaymentStatus.Cancelled, context.CancellationToken, context.Message.FeePercent);

    public Task Consume(ConsumeContext<OrderRejected> context) =>
        StopAsync(context.Message.OrderId, PaymentStatus.Cancelled, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderExpired> context) =>
        StopAsync(context.Message.OrderId, PaymentStatus.Expired, context.CancellationToken);

    private async Task StopAsync(Guid orderId, string stoppedAs, CancellationToken ct, int feePercent = 0)
    {
        var now = clock.GetUtcNow();
        var payment = await payments.FindOrAddAsync(orderId, ct);
        var feeXaf = Math.Min(payment.RefundableXaf, payment.AmountXaf * Math.Clamp(feePercent, 0, 100) / 100);
        var isStopped = payment.StoppedAs is not null;
        var walletXaf = payment.Stop(stoppedAs, now, feeXaf);
        if (!isStopped && feeXaf > 0)
            db.Add(Bookings.CancellationFee(payment, feeXaf, payment.CommissionPercent, now));
        if (walletXaf > 0)
            cashBook.ReturnToWallet(payment, payment.Id, walletXaf);
        await db.SaveChangesAsync(ct);
    }
}
