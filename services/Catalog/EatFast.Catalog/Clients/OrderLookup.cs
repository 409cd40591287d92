using EatFast.Errors;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;

namespace EatFast.Catalog.Clients;

/// <summary>As much of an order as the catalog has to know.</summary>
internal sealed record KnownOrder(string Status, Guid CustomerId, Guid RestaurantId);

/// <summary>Asks Ordering about an order; throws while Ordering cannot answer.</summary>
internal sealed class OrderLookup(OrderingClient ordering)
{
    /// <summary>Null when there is no such order.</summary>
    public async Task<KnownOrder?> FindAsync(Guid orderId, CancellationToken ct)
    {
        try
        {
            var order = await ordering.GetOrderAsync(new() { OrderId = orderId.ToString() }, cancellationToken: ct);
            return new(order.Status, Guid.Parse(order.CustomerId), Guid.Parse(order.RestaurantId));
        }
        catch (RuleViolatedException refused) when (refused.Code == "ORDER_NOT_FOUND")
        {
            return null;
        }
    }
}
