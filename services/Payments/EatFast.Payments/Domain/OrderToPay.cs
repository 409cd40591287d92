namespace EatFast.Payments.Domain;

/// <summary>What of an order matters for its payment; the amount never comes from the payer.</summary>
public sealed record OrderToPay(
    Guid OrderId, string OrderNumber, Guid CustomerId, Guid RestaurantId, long TotalXaf, string Method, Guid? RestaurantOwnerId = null)
{
    /// <summary>The platform's part of the food when we first heard of the order; a later change of the rate is for later orders.</summary>
    public decimal CommissionPercent { get; init; }
}

/// <summary>What a payment is for; a top-up has no order, its own id stands in for one.</summary>
public static class PaymentPurpose
{
    public const string Order = "order";
    public const string TopUp = "topup";
    public const string Payout = "payout";
}
