using System.Text.Json.Serialization;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

public sealed record CoordinatesView(double Latitude, double Longitude);

public sealed record RestaurantAddressView(string Street, string City, string District, CoordinatesView Coordinates);

public sealed record OrderRestaurantView(Guid Id, string Name, string Phone, RestaurantAddressView Address);

public sealed record CustomizationView(Guid OptionId, Guid ValueId, string OptionName, string ValueName, long Price);

public sealed record OrderItemView(
    Guid ItemId, string Name, int Quantity, long UnitPrice, long TotalPrice, IReadOnlyList<CustomizationView> Customizations,
    string? SpecialInstructions)
{
    /// <summary>The guests' client's name for the same.</summary>
    public Guid MenuId => ItemId;
}

/// <summary><c>loyaltyDiscount</c> is what of the <c>discount</c> the customer's tier takes off.</summary>
public sealed record PricingView(
    long Subtotal, long DeliveryFee, long ServiceFee, long Tax, long Discount, long LoyaltyDiscount, long Tip, long Total,
    string Currency = "XAF");

public sealed record DeliveryAddressView(
    string Street, string City, string? District, string? Landmark, CoordinatesView Coordinates, string? Instructions);

public sealed record PositionView(double Latitude, double Longitude, string UpdatedAt);

public sealed record OrderDeliveryView(
    Guid DriverId, string? DriverName, string? DriverPhone, string Status, PositionView? CurrentLocation);

/// <summary>The contract's order. The codes are only there for the one side that may know them.</summary>
public sealed record OrderView(
    Guid OrderId, Guid Id, string OrderNumber, string Status, string PaymentStatus, string PaymentMethod,
    OrderRestaurantView Restaurant, IReadOnlyList<OrderItemView> Items, PricingView Pricing, string DeliveryType,
    DeliveryAddressView DeliveryAddress, string? SpecialInstructions, OrderDeliveryView? Delivery, IReadOnlyList<TimelineView> Timeline,
    DateTimeOffset EstimatedDeliveryTime, int EstimatedPreparationTime, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DropCode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PickupCode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ScheduledFor = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? RefundAmount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefundStatus = null);

internal static class Views
{
    /// <param name="order">The whole aggregate.</param>
    /// <param name="reader">Decides which code is shown.</param>
    /// <param name="language">Of the timeline's sentences.</param>
    /// <param name="tracking">What Delivery knows, where somebody asked it.</param>
    public static OrderView Of(Order order, Actor reader, string language, DeliveryTracking? tracking = null) => new(
        order.Id, order.Id, order.OrderNumber, order.Status, order.PaymentStatus, order.PaymentMethod,
        RestaurantOf(order), ItemsOf(order), PricingOf(order.Pricing), order.DeliveryType,
        AddressOf(order.Address), order.SpecialInstructions, DeliveryOf(order, tracking), Timeline.Of(order, language),
        order.EstimatedDeliveryAt, order.PreparationMinutes, order.CreatedAt, order.UpdatedAt,
        reader.Kind == ActorKind.Customer ? order.DropCode : null,
        reader.Kind == ActorKind.Restaurant ? order.PickupCode : null,
        order.ScheduledFor,
        order.RefundXaf,
        order.RefundXaf is null ? null : order.HasItsMoneyBack ? "completed" : "pending");

    public static IReadOnlyList<OrderItemView> ItemsOf(Order order) =>
        [.. order.Items.OrderBy(item => item.Position).Select(item => new OrderItemView(
            item.ItemId, item.Name, item.Quantity, item.UnitPriceXaf, item.TotalPriceXaf,
            [.. item.Customizations.Select(choice => new CustomizationView(
                choice.OptionId, choice.ValueId, choice.OptionName, choice.ValueName, choice.PriceXaf))],
            item.SpecialInstructions))];

    private static OrderRestaurantView RestaurantOf(Order order)
    {
        var card = order.Restaurant;
        var address = new RestaurantAddressView(card.Street, card.City, card.District, new(card.Latitude, card.Longitude));
        return new(order.RestaurantId, card.Name, card.Phone, address);
    }

    public static PricingView PricingOf(Pricing bill) => new(
        bill.SubtotalXaf, bill.DeliveryFeeXaf, bill.ServiceFeeXaf, bill.TaxXaf, bill.DiscountXaf, bill.LoyaltyXaf, bill.TipXaf,
        bill.TotalXaf);

    private static DeliveryAddressView AddressOf(DeliveryAddress address) => new(
        address.Street, address.City, address.District, address.Landmark, new(address.Latitude, address.Longitude), address.Instructions);

    private static OrderDeliveryView? DeliveryOf(Order order, DeliveryTracking? tracking) => order.DriverId is { } driver
        ? new(driver, tracking?.DriverName, tracking?.DriverPhone, tracking?.Status ?? DeliveryStatusOf(order.Status), PositionOf(tracking))
        : null;

    private static PositionView? PositionOf(DeliveryTracking? tracking) => tracking?.Position is { } position
        ? new(position.Latitude, position.Longitude, position.UpdatedAt)
        : null;

    private static string DeliveryStatusOf(string orderStatus) => orderStatus switch
    {
        OrderStatus.PickedUp => "picked_up",
        OrderStatus.InTransit => "delivering",
        OrderStatus.Delivered or OrderStatus.Completed => "delivered",
        OrderStatus.Cancelled => "cancelled",
        _ => "accepted"
    };
}
