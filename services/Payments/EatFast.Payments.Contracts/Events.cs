// The namespace of an event is part of the wire contract: moving one is a breaking change.
namespace EatFast.Payments.Contracts;

/// <summary>Cash will be collected at the door and the risk is taken: as good as paid for the kitchen.</summary>
public sealed record PaymentAuthorized(Guid PaymentId, Guid OrderId, string Method, long AmountXaf, DateTimeOffset AuthorizedAt);

/// <summary>The provider itself confirmed that the money moved.</summary>
public sealed record PaymentSucceeded(Guid PaymentId, Guid OrderId, string Method, long AmountXaf, DateTimeOffset SucceededAt);

/// <summary>This attempt is known dead; the order may be paid in another way until its time is up.</summary>
public sealed record PaymentFailed(Guid PaymentId, Guid OrderId, string Method, string Reason, DateTimeOffset FailedAt);

/// <summary>Money is on its way back to the customer.</summary>
public sealed record RefundIssued(
    Guid RefundId, Guid PaymentId, Guid OrderId, long AmountXaf, bool IsFull, DateTimeOffset IssuedAt);

/// <summary>A driver took or handed over cash; how much is held, and whether more may be taken, is asked for (GetDriverCash).</summary>
public sealed record DriverCashMoved(Guid DriverId, DateTimeOffset MovedAt);

/// <summary>Points became a code that takes something off one order of this customer: <c>discount</c> or <c>free_delivery</c>.</summary>
public sealed record RewardCodeIssued(
    Guid RedemptionId, Guid CustomerId, string Code, string Type, long ValueXaf, string Title, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

/// <summary>
/// A customer has more or fewer points, or the tier gives something else; the greater <c>Version</c> is the later state. What the tier
/// gives is null only in news from before it was told.
/// </summary>
public sealed record PointsChanged(
    Guid CustomerId, long AvailablePoints, string Tier, int Version, DateTimeOffset ChangedAt, int? DiscountPercent = null,
    bool? HasFreeDelivery = null);
