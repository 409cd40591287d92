using EatFast.Ordering.Contracts;
using MassTransit;

namespace EatFast.Catalog.Features;

/// <summary>Counted items follow their order: kept once it is stored, given back when it stops, forgotten when it is delivered.</summary>
internal sealed class FollowOrders(StockRoom stock) :
    IConsumer<OrderPlaced>, IConsumer<OrderCancelled>, IConsumer<OrderRejected>, IConsumer<OrderExpired>, IConsumer<OrderDelivered>
{
    public Task Consume(ConsumeContext<OrderPlaced> context) => stock.ConfirmAsync(context.Message.OrderId, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderCancelled> context) => stock.GiveBackAsync(context.Message.OrderId, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderRejected> context) => stock.GiveBackAsync(context.Message.OrderId, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderExpired> context) => stock.GiveBackAsync(context.Message.OrderId, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderDelivered> context) => stock.ForgetAsync(context.Message.OrderId, context.CancellationToken);
}
