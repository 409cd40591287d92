using EatFast.Ordering.Contracts;
using MassTransit;

namespace EatFast.Delivery.Features;

/// <summary>The restaurant took the order: drivers get the offer now, so that one is there when the food is.</summary>
internal sealed class OpenDelivery(DeliveryOpening opening) : IConsumer<OrderConfirmed>
{
    // The inbox saves what is staged here.
    public Task Consume(ConsumeContext<OrderConfirmed> context) =>
        opening.FindOrOpenAsync(context.Message.OrderId, context.CancellationToken);
}
