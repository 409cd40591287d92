namespace EatFast.Payments.Domain;

/// <summary>
/// What the ledger owes an owner on one account (below zero: what the owner owes us). The database itself derives it from each new
/// ledger line, refuses any other change, and never lets a customer's wallet fall below zero.
/// </summary>
public sealed class Wallet
{
    private Wallet()
    {
    }

    public string Account { get; private init; } = "";
    public Guid OwnerId { get; private init; }
    public long BalanceXaf { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }
}
