using EatFast.Catalog.Contracts;
using EatFast.Delivery.Contracts;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Payments.Contracts;
using MassTransit;

namespace EatFast.Ordering.Features;

/// <summary>What other services tell goes into the analytics too; an order's own life is counted where it is saved.</summary>
internal sealed class CountOthers(OrderingDbContext db, TimeProvider clock)
    : IConsumer<UserRegistered>, IConsumer<RestaurantChanged>, IConsumer<PaymentSucceeded>, IConsumer<PaymentFailed>, IConsumer<RefundIssued>,
        IConsumer<DeliveryAssigned>, IConsumer<DeliveryCompleted>, IConsumer<CashCollected>
{
    public Task Consume(ConsumeContext<UserRegistered> context) => CountAsync(
        context, [What($"user {context.Message.UserId:N}", AnalyticsEvent.UserRegistered, context.Message.RegisteredAt, context.Message.UserId)]);

    // The first that is heard of a restaurant counts as its registration, whatever the order of the news.
    public Task Consume(ConsumeContext<RestaurantChanged> context)
    {
        var (told, id) = (context.Message, context.Message.RestaurantId);
        return CountAsync(context,
            [
                What($"restaurant {id:N} {told.Version}", $"restaurant_{told.Status}", told.ChangedAt, told.OwnerId, restaurantId: id),
                What($"restaurant {id:N}", AnalyticsEvent.RestaurantRegistered, told.ChangedAt, told.OwnerId, restaurantId: id)
            ]);
    }

    // Under names of their own: an order's "payment_paid" is what the order made of it.
    public Task Consume(ConsumeContext<PaymentSucceeded> context)
    {
        var paid = context.Message;
        return CountAsync(context, [OfOrder($"payment {paid.PaymentId:N}", "payment_succeeded", paid.SucceededAt, paid.OrderId, paid.AmountXaf)]);
    }

    public Task Consume(ConsumeContext<PaymentFailed> context)
    {
        var failed = context.Message;
        return CountAsync(
            context, [OfOrder($"payment {failed.PaymentId:N} {failed.FailedAt:O}", "payment_attempt_failed", failed.FailedAt, failed.OrderId)]);
    }

    public Task Consume(ConsumeContext<RefundIssued> context)
    {
        var back = context.Message;
        return CountAsync(context, [OfOrder($"refund {back.RefundId:N}", "payment_refund_issued", back.IssuedAt, back.OrderId, back.AmountXaf)]);
    }

    public Task Consume(ConsumeContext<DeliveryAssigned> context)
    {
        var won = context.Message;
        return CountAsync(context, [OfOrder($"delivery {won.DeliveryId:N} {won.DriverId:N}", "delivery_assigned", won.AssignedAt, won.OrderId)]);
    }

    public Task Consume(ConsumeContext<DeliveryCompleted> context)
    {
        var done = context.Message;
        return CountAsync(context, [OfOrder($"delivery {done.DeliveryId:N} done", "delivery_completed", done.CompletedAt, done.OrderId)]);
    }

    public Task Consume(ConsumeContext<CashCollected> context)
    {
        var cash = context.Message;
        return CountAsync(
            context, [OfOrder($"cash {cash.DeliveryId:N}", "delivery_cash_collected", cash.CollectedAt, cash.OrderId, cash.AmountXaf)]);
    }

    private Task<int> CountAsync(ConsumeContext context, AnalyticsEvent[] happened) => db.CountOnceAsync(happened, context.CancellationToken);

    private AnalyticsEvent OfOrder(string what, string name, DateTimeOffset at, Guid orderId, long? amountXaf = null) =>
        What(what, name, at, null, orderId, amountXaf: amountXaf);

    private AnalyticsEvent What(
        string what, string name, DateTimeOffset at, Guid? userId, Guid? orderId = null, Guid? restaurantId = null, long? amountXaf = null)
    {
        return new()
        {
            Id = AnalyticsEvent.IdOf(what),
            Name = name,
            OccurredAt = at.ToUniversalTime(),
            RecordedAt = clock.GetUtcNow(),
            UserId = userId,
            OrderId = orderId,
            RestaurantId = restaurantId,
            AmountXaf = amountXaf
        };
    }
}
