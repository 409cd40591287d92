using EatFast.Delivery.Contracts;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>The driver who won a job may follow its order live; the news may arrive before the order's own.</summary>
internal sealed class RememberDriver(NotificationsDbContext db) : IConsumer<DeliveryAssigned>
{
    public async Task Consume(ConsumeContext<DeliveryAssigned> context)
    {
        var (assigned, ct) = (context.Message, context.CancellationToken);
        var order = await db.FollowedOrders.FindAsync([assigned.OrderId], ct);
        if (order is null)
            db.Add(order = FollowedOrder.Of(assigned.OrderId));
        order.AssignTo(assigned.DriverId);
        await db.SaveChangesAsync(ct);
    }
}
