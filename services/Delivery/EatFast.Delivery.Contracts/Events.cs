// The namespace of an event is part of the wire contract: moving one is a breaking change.
namespace EatFast.Delivery.Contracts;

/// <summary>One driver is asked by name; when the offer ends unanswered, the next one is asked.</summary>
public sealed record DeliveryOffered(
    Guid OfferId, Guid DeliveryId, Guid OrderId, string OrderNumber, Guid DriverId, DateTimeOffset EndsAt, DateTimeOffset OfferedAt);

/// <summary>The food waits too long without a driver: operators have to find one.</summary>
public sealed record DeliveryStalled(
    Guid DeliveryId, Guid OrderId, string OrderNumber, Guid? RestaurantId, DateTimeOffset ReadyAt, DateTimeOffset StalledAt);

/// <summary>The order stopped under a driver's hands; who already carried the food brings it back. Why, by a word of ReturnReason, if one was said.</summary>
public sealed record DeliveryWithdrawn(
    Guid DeliveryId, Guid OrderId, string OrderNumber, Guid DriverId, bool HadFood, DateTimeOffset WithdrawnAt, string? Reason = null);

/// <summary>One driver won the job.</summary>
public sealed record DeliveryAssigned(Guid DeliveryId, Guid OrderId, Guid DriverId, DateTimeOffset AssignedAt);

/// <summary>The restaurant handed the food over against its pickup code.</summary>
public sealed record DeliveryPickedUp(Guid DeliveryId, Guid OrderId, Guid DriverId, DateTimeOffset PickedUpAt);

public sealed record DeliveryInTransit(Guid DeliveryId, Guid OrderId, Guid DriverId, DateTimeOffset DepartedAt);

/// <summary>The customer took the food and told the drop code.</summary>
public sealed record DeliveryCompleted(Guid DeliveryId, Guid OrderId, Guid DriverId, DateTimeOffset CompletedAt);

/// <summary>The driver holds cash that belongs to the platform.</summary>
public sealed record CashCollected(Guid DeliveryId, Guid OrderId, Guid DriverId, long AmountXaf, DateTimeOffset CollectedAt);
