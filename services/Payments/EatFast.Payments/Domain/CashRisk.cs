namespace EatFast.Payments.Domain;

/// <summary>Decides whether the kitchen may cook before anybody has paid.</summary>
public sealed record CashRisk(long MaximumXaf)
{
    /// <summary>Why not, or null when the risk is taken.</summary>
    public string? Refuse(Payment payment) => payment.AmountXaf > MaximumXaf ? "CASH_LIMIT_EXCEEDED" : null;
}
