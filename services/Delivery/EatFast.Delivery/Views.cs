using EatFast.Delivery.Clients;
using EatFast.Delivery.Domain;

namespace EatFast.Delivery;

/// <summary>A delivery as driver apps read it. Codes are never in it, and the customer's name and phone only during the ride.</summary>
/// <param name="delivery">What is shown.</param>
/// <param name="customer">Only for the driver who carries it, and only meanwhile.</param>
/// <param name="distanceMetres">How far the driver is from the restaurant.</param>
public sealed class DeliveryOrder(Domain.Delivery delivery, Contact? customer = null, double? distanceMetres = null)
{
    private readonly OrderToDeliver _order = delivery.Order;

    public Guid Id => delivery.Id;
    public Guid DeliveryId => delivery.Id;
    public Guid OrderId => delivery.OrderId;
    public string OrderNumber => _order.OrderNumber;
    public string Status => delivery.Status.Word();
    public Guid? DriverId => delivery.DriverId;
    public Guid? RestaurantId => _order.RestaurantId;
    public string RestaurantName => _order.RestaurantName;
    public string RestaurantPhone => _order.RestaurantPhone;
    public string RestaurantAddress => _order.RestaurantAddress;
    public double RestaurantLatitude => delivery.RestaurantLatitude;
    public double RestaurantLongitude => delivery.RestaurantLongitude;
    public string CustomerName => customer?.Name ?? "";
    public string CustomerPhone => customer?.Phone ?? "";
    public string DeliveryAddress => _order.DeliveryAddress;
    public double DeliveryLatitude => _order.Destination.Latitude;
    public double DeliveryLongitude => _order.Destination.Longitude;
    public string? SpecialInstructions => _order.DeliveryInstructions is { Length: > 0 } instructions ? instructions : null;
    public DateTimeOffset OrderTime => _order.OrderedAt;
    public DateTimeOffset ReadyExpectedTime => delivery.ReadyExpectedAt;
    public DateTimeOffset ExpectedDeliveryTime => delivery.ExpectedAt;
    public long OrderValue => _order.TotalXaf;
    public long DeliveryFee => delivery.FeeXaf;
    public long CashToCollect => delivery.IsPaid ? 0 : _order.TotalXaf;
    public string Currency { get; } = "XAF";
    public string PaymentMethod => MethodForDrivers(_order.PaymentMethod);
    public bool IsPaid => delivery.IsPaid;
    public double? DistanceKm => distanceMetres is { } metres ? Kilometres(metres) : null;
    public double DeliveryDistanceKm => Kilometres(delivery.DistanceMetres);
    public int EstimatedDuration => delivery.TravelMinutes;
    public DateTimeOffset? ReadyAt => delivery.ReadyAt;
    public DateTimeOffset? AssignedAt => delivery.AssignedAt;
    public DateTimeOffset? PickedUpAt => delivery.PickedUpAt;
    public DateTimeOffset? DepartedAt => delivery.DepartedAt;
    public DateTimeOffset? DeliveredAt => delivery.DeliveredAt;
    public DateTimeOffset? CancelledAt => delivery.CancelledAt;

    public IReadOnlyList<DeliveryOrderItem> Items =>
        [.. _order.Lines.Select(line => new DeliveryOrderItem(line.Name, line.Quantity, line.UnitPriceXaf, []))];

    private static double Kilometres(double metres) => Math.Round(metres / 1000, 1);

    // The driver app knows only these four words.
    private static string MethodForDrivers(string method) => method switch
    {
        "cash" or "wallet" => method,
        "stripe" => "card",
        _ => "mobile_money"
    };
}

public sealed record DeliveryOrderItem(string ItemName, int Quantity, long Price, IReadOnlyList<string> Customizations);

public sealed record PositionView(double Latitude, double Longitude, DateTimeOffset UpdatedAt)
{
    internal static PositionView? Of(Driver? driver) =>
        driver is { Position: { } position, PositionAt: { } at } ? new(position.Latitude, position.Longitude, at) : null;
}
