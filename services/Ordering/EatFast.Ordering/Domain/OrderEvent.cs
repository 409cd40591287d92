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
    /// <summary>Sealed with the order's key; the order opens it.</summary>
    public string? Comment { get; private set; }
    public required DateTimeOffset At { get; init; }
    /// <summary>What moved, where it was not the order's total; known only to whoever makes the change.</summary>
    public long? AmountXaf { get; internal set; }

    internal bool HasSealedComment => Comment?.Split('|') is ["v1", _, _, _, _];

    internal void SealComment(Func<string, string?> seal) => Comment = Comment is { } words ? seal(words) : null;

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
