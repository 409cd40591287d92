using EatFast.Ordering.Contracts;

namespace EatFast.Notifications;

/// <summary>What all order events have in common, and the stored status that each one means.</summary>
internal sealed record OrderChange(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, int Version, string Status,
    DateTimeOffset At)
{
    public Guid? DriverId { get; init; }

    public string? Note { get; init; }

    public int? PreparationMinutes { get; init; }

    public long? TotalXaf { get; init; }

    public static OrderChange Of(OrderPlaced e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "pending", e.PlacedAt)
        {
            TotalXaf = e.TotalXaf
        };

    public static OrderChange Of(OrderReleased e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "pending", e.ReleasedAt)
        {
            TotalXaf = e.TotalXaf
        };

    public static OrderChange Of(OrderConfirmed e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "confirmed", e.ConfirmedAt)
        {
            PreparationMinutes = e.PreparationMinutes
        };

    public static OrderChange Of(OrderRejected e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "rejected", e.RejectedAt)
        {
            Note = e.Reason
        };

    public static OrderChange Of(OrderPreparing e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "preparing", e.StartedAt);

    public static OrderChange Of(OrderReady e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "ready", e.ReadyAt);

    public static OrderChange Of(OrderPickedUp e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "picked_up", e.PickedUpAt)
        {
            DriverId = e.DriverId
        };

    public static OrderChange Of(OrderInTransit e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "in_transit", e.DepartedAt)
        {
            DriverId = e.DriverId
        };

    public static OrderChange Of(OrderDelivered e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "delivered", e.DeliveredAt)
        {
            DriverId = e.DriverId,
            TotalXaf = e.TotalXaf
        };

    public static OrderChange Of(OrderCompleted e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "completed", e.CompletedAt);

    public static OrderChange Of(OrderCancelled e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "cancelled", e.CancelledAt)
        {
            Note = e.Reason
        };

    public static OrderChange Of(OrderExpired e) =>
        new(e.OrderId, e.OrderNumber, e.CustomerId, e.RestaurantId, e.RestaurantOwnerId, e.Version, "expired", e.ExpiredAt);
}
