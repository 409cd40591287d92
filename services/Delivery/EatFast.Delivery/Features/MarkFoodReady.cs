using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Ordering.Contracts;
using MassTransit;

namespace EatFast.Delivery.Features;

/// <summary>The food waits at the counter; also opens the delivery when this event overtook the confirmation.</summary>
internal sealed class MarkFoodReady(DeliveryDbContext db, DeliveryOpening opening, DispatchRules rules, TimeProvider clock)
    : IConsumer<OrderReady>
{
    public async Task Consume(ConsumeContext<OrderReady> context)
    {
        var delivery = await opening.FindOrOpenAsync(context.Message.OrderId, context.CancellationToken);
        if (delivery?.MarkReady(context.Message.ReadyAt) == true)
            db.Add(DeliveryTimer.Set(delivery, DeliveryTimer.NoDriver, clock.GetUtcNow(), context.Message.ReadyAt + rules.NoDriverAlert));
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
