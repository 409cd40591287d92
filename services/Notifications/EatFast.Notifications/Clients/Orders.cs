using EatFast.Errors;
using Grpc.Core;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;

namespace EatFast.Notifications.Clients;

internal sealed record OrderDetails(
    Guid OrderId, string OrderNumber, string Status, string PaymentStatus, Guid CustomerId, Guid RestaurantOwnerId, string RestaurantName,
    string Instructions, long TotalXaf, long DeliveryFeeXaf, int PreparationMinutes, string DropCode, string CreatedAt,
    IReadOnlyList<OrderDetailsLine> Lines);

internal sealed record OrderDetailsLine(string ItemId, string Name, int Quantity, long UnitPriceXaf);

/// <summary>Asks Ordering what an order holds; codes and addresses are read when needed and not kept here.</summary>
internal sealed class Orders(OrderingClient ordering)
{
    public async Task<OrderDetails?> FindAsync(Guid orderId, CancellationToken ct)
    {
        try
        {
            var order = await ordering.GetOrderAsync(new() { OrderId = orderId.ToString() }, cancellationToken: ct);
            return new OrderDetails(
                orderId, order.OrderNumber, order.Status, order.PaymentStatus, IdOf(order.CustomerId), IdOf(order.RestaurantOwnerId),
                order.RestaurantName, order.DeliveryInstructions, order.TotalXaf, order.DeliveryFeeXaf, order.PreparationMinutes,
                order.DropCode, order.CreatedAt,
                [.. order.Lines.Select(line => new OrderDetailsLine(line.ItemId, line.Name, line.Quantity, line.UnitPriceXaf))]);
        }
        catch (RuleViolatedException refused) when (refused.Refusal?.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
        catch (RpcException rpc) when (rpc.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    // A guest's order may have no customer; nobody has the empty id.
    private static Guid IdOf(string text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;
}
