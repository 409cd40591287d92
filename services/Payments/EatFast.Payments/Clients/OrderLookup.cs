using System.Runtime.CompilerServices;
using EatFast.Errors;
using EatFast.Ordering.Contracts.V1;
using EatFast.Payments.Domain;
using Grpc.Core;

namespace EatFast.Payments.Clients;

/// <summary>An order as Ordering holds it now.</summary>
public sealed record OrderFacts(OrderToPay Order, string Status, PriceParts Parts, string? PaymentStatus = null, OrderPlaces? Places = null);

/// <summary>From where to where an order goes, whether a guest placed it, and what stands for the number that the guest has proven.</summary>
public sealed record OrderPlaces(
    double RestaurantLatitude, double RestaurantLongitude, double DoorLatitude, double DoorLongitude, bool IsDelivery, bool IsGuest,
    string ProvenPhone);

/// <summary>That an order was placed, and what it costs.</summary>
public sealed record PlacedFact(Guid OrderId, long TotalXaf);

/// <summary>Asks Ordering for an order; refuses with ORDER_NOT_FOUND for an unknown one.</summary>
internal sealed class OrderLookup(Ordering.Contracts.V1.Ordering.OrderingClient ordering)
{
    private const int PageSize = 500;

    public async Task<OrderFacts> FindAsync(Guid orderId, CancellationToken ct)
    {
        var order = await AskAsync(new GetOrderRequest { OrderId = orderId.ToString() }, ct);
        var toPay = new OrderToPay(
            orderId,
            order.OrderNumber,
            Guid.Parse(order.CustomerId),
            Guid.Parse(order.RestaurantId),
            order.TotalXaf,
            PaymentMethods.Parse(order.PaymentMethod) ?? PaymentMethods.CamPay,
            Guid.TryParse(order.RestaurantOwnerId, out var ownerId) ? ownerId : null);
        var parts = new PriceParts(order.DeliveryFeeXaf, order.ServiceFeeXaf, order.TaxXaf, order.DiscountXaf, order.TipXaf);
        var places = new OrderPlaces(
            order.RestaurantLatitude, order.RestaurantLongitude, order.DeliveryLatitude, order.DeliveryLongitude,
            order.DeliveryType != "pickup", order.IsGuest, order.ProvenPhoneMark);
        return new OrderFacts(toPay, order.Status, parts, order.PaymentStatus, places);
    }

    /// <summary>What Ordering took in a stretch of time, page by page.</summary>
    public async IAsyncEnumerable<IReadOnlyList<PlacedFact>> ListAsync(
        DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListPlacedRequest { From = $"{from.UtcDateTime:O}", Until = $"{until.UtcDateTime:O}" };
        while (true)
        {
            var page = (await ordering.ListPlacedAsync(request, cancellationToken: ct)).Orders;
            yield return [.. page.Select(order => new PlacedFact(Guid.Parse(order.OrderId), order.TotalXaf))];
            if (page.Count < PageSize)
                yield break;
            request.AfterOrderId = page[^1].OrderId;
        }
    }

    /// <summary>Null for an unknown order.</summary>
    public async Task<OrderFacts?> FindOrNullAsync(Guid orderId, CancellationToken ct)
    {
        try
        {
            return await FindAsync(orderId, ct);
        }
        catch (RuleViolatedException unknown) when (unknown.Code == "ORDER_NOT_FOUND")
        {
            return null;
        }
    }

    private async Task<Order> AskAsync(GetOrderRequest request, CancellationToken ct)
    {
        try
        {
            return await ordering.GetOrderAsync(request, cancellationToken: ct);
        }
        catch (RpcException unknown) when (unknown.StatusCode == StatusCode.NotFound)
        {
            throw new RuleViolatedException("ORDER_NOT_FOUND");
        }
    }
}
