using EatFast.Ordering.Data;
using EatFast.Payments.Contracts;
using MassTransit;

namespace EatFast.Ordering.Features;

/// <summary>Failed payments and refunds change what the order says about its money, never where the food is.</summary>
internal sealed class NotePayment(OrderingDbContext db, OrderJournal journal, TimeProvider clock)
    : IConsumer<PaymentFailed>, IConsumer<RefundIssued>
{
    public async Task Consume(ConsumeContext<PaymentFailed> context)
    {
        var order = await db.RequireOrderAsync(context.Message.OrderId, context.CancellationToken);
        order.NotePaymentFailure(context.Message.Reason, clock.GetUtcNow());
        journal.Record(order);
        await db.SaveChangesAsync(context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<RefundIssued> context)
    {
        var order = await db.RequireOrderAsync(context.Message.OrderId, context.CancellationToken);
        order.NoteRefund(context.Message.IsFull, clock.GetUtcNow(), context.Message.AmountXaf);
        journal.Record(order);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
