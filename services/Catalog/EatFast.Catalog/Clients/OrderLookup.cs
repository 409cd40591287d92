using EatFast.Errors;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;

namespace EatFast.Catalog.Clients;

/// <summary>Asks Ordering what became of an order; throws while Ordering cannot answer.</summary>
internal sealed class OrderLookup(OrderingClient ordering)
{
    /// <summary>Null when there is no such order.</summary>
    public async Task<string?> StatusOfAsync(Guid orderId, CancellationToken ct)
    {
        try
        {
            return (await ordering.GetOrderAsync(new() { OrderId = orderId.ToString() }, cancellationToken: ct)).Status;
        }
        catch (RuleViolatedException refused) when (refused.Code == "ORDER_NOT_FOUND")
        {
            return null;
        }
    }
}
