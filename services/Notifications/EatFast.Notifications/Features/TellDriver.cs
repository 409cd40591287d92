using EatFast.Delivery.Contracts;
using EatFast.Notifications.Domain;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>A driver learns that a job is offered, or that it is gone; who carries the food of a stopped order even by text.</summary>
internal sealed class TellDriver(Postman postman) : IConsumer<DeliveryOffered>, IConsumer<DeliveryWithdrawn>
{
    public Task Consume(ConsumeContext<DeliveryOffered> context)
    {
        var offered = context.Message;
        return postman.PostAsync(
            NewsOf(NotificationKind.DriverOffer, offered.DriverId, offered.OfferId, offered.OrderId, offered.OrderNumber),
            context.CancellationToken);
    }

    public Task Consume(ConsumeContext<DeliveryWithdrawn> context)
    {
        var gone = context.Message;
        var kind = gone.HadFood ? NotificationKind.DriverBringBack : NotificationKind.DriverWithdrawn;
        return postman.PostAsync(NewsOf(kind, gone.DriverId, gone.DeliveryId, gone.OrderId, gone.OrderNumber), context.CancellationToken);
    }

    private static News NewsOf(NotificationKind kind, Guid driverId, Guid subjectId, Guid orderId, string orderNumber) =>
        new(kind, driverId, subjectId)
        {
            OrderId = orderId,
            DriverId = driverId,
            Values = new Dictionary<string, string> { ["orderNumber"] = orderNumber }
        };
}
