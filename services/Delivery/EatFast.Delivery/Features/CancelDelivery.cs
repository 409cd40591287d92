using EatFast.Delivery.Contracts;
using EatFast.Delivery.Data;
using EatFast.Messaging;
using EatFast.Ordering.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>The order stopped: nobody has to ride for it any more, and the driver who would have is free again.</summary>
internal sealed class CancelDelivery(DeliveryDbContext db, TimeProvider clock) : IConsumer<OrderCancelled>, IConsumer<OrderRejected>
{
    public Task Consume(ConsumeContext<OrderCancelled> context) => CancelAsync(context.Message.OrderId, context.Message.Reason, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderRejected> context) => CancelAsync(context.Message.OrderId, context.Message.Reason, context.CancellationToken);

    // Who was only asked hears of it too, or would ride for nothing.
    private async Task TakeBackAsync(Domain.Delivery delivery, string reason, DateTimeOffset now, CancellationToken ct)
    {
        if (delivery.DriverId is { } driverId)
            (await db.Drivers.SingleAsync(driver => driver.Id == driverId, ct)).Release(now);
        if ((delivery.DriverId ?? delivery.OfferedTo) is { } told)
        {
            var hadFood = delivery.PickedUpAt is not null;
            var gone = new DeliveryWithdrawn(
                delivery.Id, delivery.OrderId, delivery.Order.OrderNumber, told, hadFood, now, ReturnReason.Of(reason));
            db.Announce(gone, about: delivery.Id, now);
        }
    }

    private async Task CancelAsync(Guid orderId, string reason, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.OrderId == orderId, ct);
        if (delivery is null)
            db.Add(Domain.Delivery.StoppedBeforeOpening(orderId, now));
        else if (delivery.Cancel(now))
            await TakeBackAsync(delivery, reason, now, ct);
        await db.SaveChangesAsync(ct);
    }
}
