using EatFast.Ordering.Contracts;
using EatFast.Ordering.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>The order is paid: its cart goes, unless it was filled again since. Before that a failed payment would have cost the cart.</summary>
internal sealed class EmptyOrderedCart(OrderingDbContext db) : IConsumer<OrderReleased>
{
    public async Task Consume(ConsumeContext<OrderReleased> context)
    {
        var (customerId, restaurantId) = (context.Message.CustomerId, context.Message.RestaurantId);
        var cart = await db.Carts.SingleOrDefaultAsync(cart => cart.OwnerId == customerId && cart.RestaurantId == restaurantId, context.CancellationToken);
        if (cart is null)
            return;
        var placedAt = await db.Orders.Where(order => order.Id == context.Message.OrderId)
            .Select(order => (DateTimeOffset?)order.CreatedAt).SingleOrDefaultAsync(context.CancellationToken);
        if (cart.UpdatedAt <= placedAt)
            db.Remove(cart);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
