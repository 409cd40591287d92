using EatFast.Notifications.Clients;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using EatFast.Payments.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

/// <summary>The customer learns that money comes back; the event names only the order, so we look up whose it is.</summary>
internal sealed class NotifyRefund(NotificationsDbContext db, Orders orders, Postman postman) : IConsumer<RefundIssued>
{
    public async Task Consume(ConsumeContext<RefundIssued> context)
    {
        var (refund, ct) = (context.Message, context.CancellationToken);
        if (await OwnerOfAsync(refund.OrderId, ct) is not { } owner)
            return;
        await postman.PostAsync(new News(NotificationKind.RefundIssued, owner.CustomerId, refund.RefundId)
        {
            OrderId = refund.OrderId,
            Values = new Dictionary<string, string>
            {
                ["amount"] = Texts.Amount(refund.AmountXaf),
                ["amountXaf"] = $"{refund.AmountXaf}",
                ["orderNumber"] = owner.OrderNumber
            }
        }, ct);
    }

    private async Task<(Guid CustomerId, string OrderNumber)?> OwnerOfAsync(Guid orderId, CancellationToken ct)
    {
        var known = await db.FollowedOrders.AsNoTracking().SingleOrDefaultAsync(order => order.OrderId == orderId, ct);
        if (known is { CustomerId: { } customerId, OrderNumber: { } orderNumber })
            return (customerId, orderNumber);
        return await orders.FindAsync(orderId, ct) is { } details ? (details.CustomerId, details.OrderNumber) : null;
    }
}
