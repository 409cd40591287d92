namespace EatFast.Ordering.Domain;

/// <summary>What a customer's tier takes off each order: a part of the dishes, and from some tier on the delivery fee.</summary>
public sealed record TierBenefit(int DiscountPercent, bool HasFreeDelivery)
{
    /// <param name="subtotalXaf">The dishes, before any code.</param>
    /// <param name="feeXaf">What is left of the delivery fee: it is given back once.</param>
    public long AmountOff(long subtotalXaf, long feeXaf) => (subtotalXaf * DiscountPercent / 100) + (HasFreeDelivery ? feeXaf : 0);
}

/// <summary>A customer's tier as Payments last told it; an older word never replaces a newer one.</summary>
public sealed class CustomerTier
{
    public required Guid CustomerId { get; init; }
    public required string Tier { get; init; }
    public required int DiscountPercent { get; init; }
    public required bool HasFreeDelivery { get; init; }
    public required int Version { get; init; }
}
