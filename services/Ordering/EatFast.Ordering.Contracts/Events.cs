// The namespace of an event is part of the wire contract: moving one is a breaking change.
namespace EatFast.Ordering.Contracts;

/// <summary>An order was stored, unpaid; the amount to collect is the one in here. The mark stands for the device it came from, if it said so.</summary>
public sealed record OrderPlaced(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, long TotalXaf, string PaymentMethod,
    int Version, DateTimeOffset PlacedAt, string? DeviceMark = null);

/// <summary>Paid, or approved for cash: the kitchen may see it.</summary>
public sealed record OrderReleased(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, long TotalXaf,
    int Version, DateTimeOffset ReleasedAt);

/// <summary>The restaurant took it and said how long the kitchen needs.</summary>
public sealed record OrderConfirmed(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, int PreparationMinutes,
    int Version, DateTimeOffset ConfirmedAt);

public sealed record OrderRejected(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, string Reason,
    int Version, DateTimeOffset RejectedAt);

public sealed record OrderPreparing(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, int Version, DateTimeOffset StartedAt);

public sealed record OrderReady(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, int Version, DateTimeOffset ReadyAt);

public sealed record OrderPickedUp(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, Guid? DriverId,
    int Version, DateTimeOffset PickedUpAt);

public sealed record OrderInTransit(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, Guid? DriverId,
    int Version, DateTimeOffset DepartedAt);

public sealed record OrderDelivered(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, Guid? DriverId, long TotalXaf,
    int Version, DateTimeOffset DeliveredAt);

public sealed record OrderCompleted(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, int Version, DateTimeOffset CompletedAt);

/// <summary>Stopped by a person or for want of an answer; what was paid goes back, less the fee of a customer who was late.</summary>
public sealed record OrderCancelled(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, string Reason,
    int Version, DateTimeOffset CancelledAt, int FeePercent = 0);

/// <summary>Nobody paid in time.</summary>
public sealed record OrderExpired(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, int Version, DateTimeOffset ExpiredAt);

/// <summary>The customer's verdict on a delivered order; each order is rated once.</summary>
public sealed record OrderRated(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, Guid RestaurantOwnerId, int Rating, int? FoodRating,
    int? DeliveryRating, string? Comment, int Version, DateTimeOffset RatedAt);
