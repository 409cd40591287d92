using EatFast.Delivery.Data;
using EatFast.Ordering.Contracts;
using MassTransit;

namespace EatFast.Delivery.Features;

/// <summary>The food waits at the counter; also opens the delivery when this event overtook the confirmation.</summary>
internal sealed class MarkFoodReady(DeliveryDbContext db, DeliveryOpening opening) : IConsumer<OrderReady>
{
    public async Task Consume(ConsumeContext<OrderReady> context)
    {
        var delivery = await opening.FindOrOpenAsync(context.Message.OrderId, context.CancellationToken);
        delivery?.MarkReady(context.Message.ReadyAt);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
