using EatFast.Ordering.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using MassTransit;

namespace EatFast.Payments.Features;

/// <summary>An order ended without a delivery: what was paid goes back, and so will money that is still on its way.</summary>
internal sealed class StopPayment(PaymentsDbContext db, OrderPayments payments, TimeProvider clock, ILogger<StopPayment> logger)
    : IConsumer<OrderCancelled>, IConsumer<OrderRejected>, IConsumer<OrderExpired>
{
    public Task Consume(ConsumeContext<OrderCancelled> context) =>
        StopAsync(context.Message.OrderId, PaymentStatus.Cancelled, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderRejected> context) =>
        StopAsync(context.Message.OrderId, PaymentStatus.Cancelled, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderExpired> context) =>
        StopAsync(context.Message.OrderId, PaymentStatus.Expired, context.CancellationToken);

    private async Task StopAsync(Guid orderId, string stoppedAs, CancellationToken ct)
    {
        var payment = await payments.FindOrAddAsync(orderId, ct);
        payment.Stop(stoppedAs, clock.GetUtcNow());
        if (payment is { IsCash: true, CompletedAt: not null })
            logger.LogError("Order {OrderId} stopped after its cash was taken: a person has to bring it back", orderId);
        await db.SaveChangesAsync(ct);
    }
}
