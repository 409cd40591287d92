namespace EatFast.Payments.Domain;

/// <summary>What the kitchen may at most cook before anybody has paid, whoever it is for.</summary>
public sealed record CashRisk(long MaximumXaf)
{
    /// <summary>Why not, or null when the risk is taken.</summary>
    public string? Refuse(Payment payment) => payment.AmountXaf > MaximumXaf ? "CASH_LIMIT_EXCEEDED" : null;
}
