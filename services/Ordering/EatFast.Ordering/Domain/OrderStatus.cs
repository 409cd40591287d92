namespace EatFast.Ordering.Domain;

/// <summary>The eleven states of an order, exactly as they are stored and sent.</summary>
public static class OrderStatus
{
    public const string Pending = "pending";
    public const string Confirmed = "confirmed";
    public const string Preparing = "preparing";
    public const string Ready = "ready";
    public const string PickedUp = "picked_up";
    public const string InTransit = "in_transit";
    public const string Delivered = "delivered";
    public const string Completed = "completed";
    public const string Cancelled = "cancelled";
    public const string Rejected = "rejected";
    public const string Expired = "expired";

    private static readonly string[] Road = [Pending, Confirmed, Preparing, Ready, PickedUp, InTransit, Delivered, Completed];

    public static IReadOnlyList<string> All { get; } = [.. Road, Cancelled, Rejected, Expired];

    /// <summary>Nothing is left to be done for these; a delivered order only waits for its rating.</summary>
    public static IReadOnlyList<string> Ended { get; } = [Delivered, Completed, Cancelled, Rejected, Expired];

    public static bool IsStopped(string status) => status is Cancelled or Rejected or Expired;

    /// <summary>True when the stage is already behind an order, or just reached.</summary>
    public static bool HasReached(string status, string stage) => Array.IndexOf(Road, status) >= Array.IndexOf(Road, stage);

    public static string Next(string status) => Road[Array.IndexOf(Road, status) + 1];
}

/// <summary>What is known about an order's money; independent of where the food is.</summary>
public static class PaymentStatus
{
    public const string Pending = "pending";
    public const string Authorized = "authorized";
    public const string Paid = "paid";
    public const string Failed = "failed";
    public const string Refunded = "refunded";
    public const string PartiallyRefunded = "partially_refunded";
}

/// <summary>Whether a driver carries the food or its customer comes for it.</summary>
public static class DeliveryType
{
    public const string Delivery = "delivery";
    public const string Pickup = "pickup";
}
