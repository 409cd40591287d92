namespace EatFast.Identity.Domain;

/// <summary>What the orders of an account have come to; the books are elsewhere, these are for showing.</summary>
public sealed partial class User
{
    public int TotalOrders { get; private set; }
    public long TotalSpent { get; private set; }
    public long LoyaltyPoints { get; private set; }
    public string LoyaltyTier { get; private set; } = "bronze";
    public int LoyaltyVersion { get; private set; }

    // No new version: an order that arrives must not make a profile edit fail.
    public void CountOrder(long totalXaf) => (TotalOrders, TotalSpent) = (TotalOrders + 1, TotalSpent + totalXaf);

    /// <summary>Older news than what is known already changes nothing.</summary>
    public void HoldPoints(long points, string tier, int version)
    {
        if (version > LoyaltyVersion)
            (LoyaltyPoints, LoyaltyTier, LoyaltyVersion) = (points, tier, version);
    }
}
