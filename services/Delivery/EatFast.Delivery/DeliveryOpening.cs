using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery;

/// <summary>Finds the delivery of an order or stages a new one; events come late or in any order, so Ordering says what is true.</summary>
internal sealed class DeliveryOpening(DeliveryDbContext db, OrderLookup orders, DispatchRules rules, TimeProvider clock)
{
    /// <summary>Null when the order does not have to be carried (any more).</summary>
    public async Task<Domain.Delivery?> FindOrOpenAsync(Guid orderId, CancellationToken ct)
    {
        if (await db.Deliveries.SingleOrDefaultAsync(d => d.OrderId == orderId, ct) is { } known)
            return known;
        if (await orders.FindDeliverableAsync(orderId, ct) is not { } order)
            return null;
        var now = clock.GetUtcNow();
        var delivery = Domain.Delivery.Open(order, rules.TripBetween(order.Restaurant, order.Destination), now);
        db.Add(delivery);
        db.Add(DeliveryTimer.Set(delivery, DeliveryTimer.Offer, now, now));
        return delivery;
    }
}
