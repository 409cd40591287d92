using System.Globalization;
using EatFast.Delivery.Domain;
using EatFast.Ordering.Contracts.V1;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;

namespace EatFast.Delivery.Clients;

/// <summary>Asks Ordering what has to be carried where; the answer is the order of now, perhaps later than the event.</summary>
internal sealed class OrderLookup(OrderingClient ordering)
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Null when the order is past or before the stages in which food has to be fetched, or its customer comes for it.</summary>
    public async Task<OrderToDeliver?> FindDeliverableAsync(Guid orderId, CancellationToken ct)
    {
        var order = await ordering.GetOrderAsync(new GetOrderRequest { OrderId = orderId.ToString() }, cancellationToken: ct);
        return order.DeliveryType != "pickup" && (order.Status is "confirmed" or "preparing" or "ready") ? Read(orderId, order) : null;
    }

    /// <summary>Who comes to the door of a guest's order; null for an account's.</summary>
    public async Task<Contact?> FindGuestAsync(Guid orderId, CancellationToken ct)
    {
        var asked = new GetOrderRequest { OrderId = orderId.ToString(), WithContact = true };
        var order = await ordering.GetOrderAsync(asked, cancellationToken: ct);
        return order.GuestPhone.Length > 0 ? new(order.GuestName, order.GuestPhone, "") : null;
    }

    private static OrderToDeliver Read(Guid orderId, Order order)
    {
        var restaurant = new GeoPoint(order.RestaurantLatitude, order.RestaurantLongitude);
        var destination = new GeoPoint(order.DeliveryLatitude, order.DeliveryLongitude);
        return new()
        {
            OrderId = orderId,
            OrderNumber = order.OrderNumber,
            CustomerId = IdOrNull(order.CustomerId),
            RestaurantId = IdOrNull(order.RestaurantId),
            RestaurantName = order.RestaurantName,
            RestaurantPhone = order.RestaurantPhone,
            RestaurantAddress = order.RestaurantAddress,
            // Driver apps need both ends on the map: one that is missing is drawn at the other.
            Restaurant = restaurant.Or(destination),
            Destination = destination.Or(restaurant),
            DeliveryAddress = order.DeliveryAddress,
            DeliveryInstructions = order.DeliveryInstructions,
            PaymentMethod = order.PaymentMethod,
            TotalXaf = order.TotalXaf,
            DeliveryFeeXaf = order.DeliveryFeeXaf,
            PreparationMinutes = order.PreparationMinutes,
            PickupCode = order.PickupCode,
            DropCode = order.DropCode,
            OrderedAt = DateTimeOffset.Parse(order.CreatedAt, CultureInfo.InvariantCulture, Utc),
            Lines = [.. order.Lines.Select(line => new OrderToDeliver.Line(line.Name, line.Quantity, line.UnitPriceXaf))]
        };
    }

    private static Guid? IdOrNull(string id) => Guid.TryParse(id, out var parsed) ? parsed : null;
}
