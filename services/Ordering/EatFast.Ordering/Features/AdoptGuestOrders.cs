using EatFast.Identity.Contracts;
using EatFast.Ordering.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>A guest made an account: the guest's orders are the user's from now on, with their history.</summary>
internal sealed class AdoptGuestOrders(OrderingDbContext db) : IConsumer<GuestConverted>
{
    public async Task Consume(ConsumeContext<GuestConverted> context)
    {
        var (guestId, userId) = (context.Message.GuestId, context.Message.UserId);
        await db.Orders.Where(order => order.CustomerId == guestId)
            .ExecuteUpdateAsync(order => order.SetProperty(row => row.CustomerId, userId), context.CancellationToken);
    }
}
