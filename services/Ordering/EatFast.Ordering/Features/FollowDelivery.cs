using EatFast.Delivery.Contracts;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using MassTransit;

namespace EatFast.Ordering.Features;

/// <summary>Moves the order with its driver. Messages may come late, early or twice: only steps forward are taken, and none is left out.</summary>
internal sealed class FollowDelivery(OrderingDbContext db, OrderJournal journal, TimeProvider clock)
    : IConsumer<DeliveryAssigned>, IConsumer<DeliveryPickedUp>, IConsumer<DeliveryInTransit>, IConsumer<DeliveryCompleted>
{
    public Task Consume(ConsumeContext<DeliveryAssigned> context) => FollowAsync(
        context.Message.OrderId, order => order.AssignDriver(context.Message.DriverId, clock.GetUtcNow()), context.CancellationToken);

    public Task Consume(ConsumeContext<DeliveryPickedUp> context) =>
        FollowAsync(context.Message.OrderId, context.Message.DriverId, OrderStatus.PickedUp, context.CancellationToken);

    public Task Consume(ConsumeContext<DeliveryInTransit> context) =>
        FollowAsync(context.Message.OrderId, context.Message.DriverId, OrderStatus.InTransit, context.CancellationToken);

    public Task Consume(ConsumeContext<DeliveryCompleted> context) =>
        FollowAsync(context.Message.OrderId, context.Message.DriverId, OrderStatus.Delivered, context.CancellationToken);

    private Task FollowAsync(Guid orderId, Guid driverId, string stage, CancellationToken ct) =>
        FollowAsync(orderId, order => order.FollowDriver(driverId, stage, clock.GetUtcNow()), ct);

    private async Task FollowAsync(Guid orderId, Action<Order> follow, CancellationToken ct)
    {
        var order = await db.RequireOrderAsync(orderId, ct);
        follow(order);
        journal.Record(order);
        await db.SaveChangesAsync(ct);
    }
}
