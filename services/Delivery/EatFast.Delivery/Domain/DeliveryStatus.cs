namespace EatFast.Delivery.Domain;

public enum DeliveryStatus
{
    Pending,
    Assigned,
    PickingUp,
    PickedUp,
    Delivering,
    Delivered,
    Cancelled,
    Failed
}

/// <summary>The one table of legal transitions; announcing the way to the restaurant (picking_up) may be left out.</summary>
public static class DeliveryStatuses
{
    private static readonly Dictionary<DeliveryStatus, DeliveryStatus[]> Next = new()
    {
        [DeliveryStatus.Pending] = [DeliveryStatus.Assigned, DeliveryStatus.Cancelled],
        [DeliveryStatus.Assigned] = [DeliveryStatus.PickingUp, DeliveryStatus.PickedUp, DeliveryStatus.Cancelled, DeliveryStatus.Failed],
        [DeliveryStatus.PickingUp] = [DeliveryStatus.PickedUp, DeliveryStatus.Cancelled, DeliveryStatus.Failed],
        [DeliveryStatus.PickedUp] = [DeliveryStatus.Delivering, DeliveryStatus.Cancelled, DeliveryStatus.Failed],
        [DeliveryStatus.Delivering] = [DeliveryStatus.Delivered, DeliveryStatus.Cancelled, DeliveryStatus.Failed],
        [DeliveryStatus.Delivered] = [],
        [DeliveryStatus.Cancelled] = [],
        [DeliveryStatus.Failed] = []
    };

    public static bool CanBecome(this DeliveryStatus from, DeliveryStatus to) => Next[from].Contains(to);

    /// <summary>A driver is bound to it.</summary>
    public static bool IsActive(this DeliveryStatus status) =>
        status is DeliveryStatus.Assigned or DeliveryStatus.PickingUp or DeliveryStatus.PickedUp or DeliveryStatus.Delivering;
}
