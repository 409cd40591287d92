using EatFast.Notifications.Clients;
using EatFast.Notifications.Data;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Realtime;

/// <summary>Who may follow an order: its customer, restaurant, driver, or an admin; what we have not heard of, Ordering knows.</summary>
internal sealed class OrderAccess(NotificationsDbContext db, Orders orders)
{
    public async Task<bool> MayFollowAsync(CurrentUser user, Guid orderId, CancellationToken ct)
    {
        var known = await db.FollowedOrders.AsNoTracking().SingleOrDefaultAsync(order => order.OrderId == orderId, ct);
        if (known is not null && (user.IsAdmin || known.IsFollowedBy(user.Id)))
            return true;
        var details = await orders.FindAsync(orderId, ct);
        return details is not null && (user.IsAdmin || user.Id == details.CustomerId || user.Id == details.RestaurantOwnerId);
    }
}
