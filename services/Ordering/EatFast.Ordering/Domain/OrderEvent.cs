namespace EatFast.Ordering.Domain;

/// <summary>One line of an order's history; order and version name it, so two changes of the same version cannot both be stored.</summary>
public sealed class OrderEvent
{
    public const string Placed = "placed";
    public const string Released = "released";
    public const string DriverAssigned = "driver_assigned";
    public const string Rated = "rated";
    public const string PreparationChanged = "preparation_changed";

    public required Guid OrderId { get; init; }
    public required int Version { get; init; }
    /// <summary>The new status, or one of the names above, or "payment_" and the new payment status.</summary>
    public required string Kind { get; init; }
    public required string Status { get; init; }
    public required string Actor { get; init; }
    public Guid? ActorId { get; init; }
    public string? Reason { get; init; }
    public string? Comment { get; init; }
    public required DateTimeOffset At { get; init; }

    internal static OrderEvent Of(Order order, string kind, Actor actor, DateTimeOffset at, string? reason, string? comment) => new()
    {
        OrderId = order.Id,
        Version = order.Version,
        Kind = kind,
        Status = order.Status,
        Actor = actor.Kind,
        ActorId = actor.Id,
        Reason = reason,
        Comment = comment,
        At = at
    };
}
