using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Payments.Contracts;
using MassTransit;

namespace EatFast.Ordering.Features;

/// <summary>The money is known good: the kitchen gets to see the order. Too late for a stopped order, which only notes the payment.</summary>
internal sealed class ReleaseOrder(OrderingDbContext db, OrderJournal journal, TimeProvider clock)
    : IConsumer<PaymentSucceeded>, IConsumer<PaymentAuthorized>
{
    public Task Consume(ConsumeContext<PaymentSucceeded> context) =>
        ReleaseAsync(context.Message.OrderId, PaymentStatus.Paid, context.Message.Method, context.CancellationToken);

    public Task Consume(ConsumeContext<PaymentAuthorized> context) =>
        ReleaseAsync(context.Message.OrderId, PaymentStatus.Authorized, context.Message.Method, context.CancellationToken);

    private async Task ReleaseAsync(Guid orderId, string paymentStatus, string method, CancellationToken ct)
    {
        var order = await db.RequireOrderAsync(orderId, ct);
        order.Release(paymentStatus, method, clock.GetUtcNow());
        journal.Record(order);
        await db.SaveChangesAsync(ct);
    }
}
