namespace EatFast.Payments.Domain;

/// <summary>Where a payment stands; cash whose risk is taken is <see cref="Authorized"/>, which clients read as pending.</summary>
public static class PaymentStatus
{
    public const string Pending = "pending";
    public const string Authorized = "authorized";
    public const string Processing = "processing";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
    public const string Expired = "expired";
    public const string Refunded = "refunded";
    public const string PartiallyRefunded = "partially_refunded";
}

/// <summary>Where one movement of money at the provider stands; completed and failed are final.</summary>
public static class AttemptStatus
{
    public const string Created = "created";
    public const string Sending = "sending";
    public const string Processing = "processing";
    /// <summary>The provider may or may not have moved money: only asking can tell, never sending again.</summary>
    public const string Unknown = "unknown";
    public const string Completed = "completed";
    public const string Failed = "failed";
    /// <summary>Given up by us, but a late success is still looked for.</summary>
    public const string Expired = "expired";
}

public static class AttemptKind
{
    public const string Collect = "collect";
    public const string Refund = "refund";
    public const string Payout = "payout";
}
