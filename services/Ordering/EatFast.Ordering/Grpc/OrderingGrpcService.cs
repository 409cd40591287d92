using EatFast.Ordering.Contracts.V1;
using EatFast.Ordering.Features;
using Grpc.Core;

namespace EatFast.Ordering.Grpc;

/// <summary>What other services may ask Ordering for; mapped on the internal port only.</summary>
internal sealed class OrderingGrpcService(DescribeOrder orders, ListPlacedOrders placed) : Contracts.V1.Ordering.OrderingBase
{
    public override Task<Order> GetOrder(GetOrderRequest request, ServerCallContext context) =>
        orders.HandleAsync(request.OrderId, request.WithContact, context.CancellationToken);

    public override Task<PlacedOrders> ListPlaced(ListPlacedRequest request, ServerCallContext context) =>
        placed.HandleAsync(request, context.CancellationToken);
}
