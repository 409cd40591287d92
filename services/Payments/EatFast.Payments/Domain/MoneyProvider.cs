namespace EatFast.Payments.Domain;

/// <summary>One movement as a provider's statement lists it; it names a reference to ask about and proves nothing by itself.</summary>
public sealed record StatementLine(
    string Reference, string Status, long AmountXaf, string? ExternalReference, bool? IsCollect, DateTimeOffset? At);

/// <summary>What a provider needs to know of a movement of money; the reference is on record before it hears of it.</summary>
public sealed record MoneyOrder(Attempt Attempt, string? Phone, string Description, string? ChargeReference = null)
{
    public long AmountXaf => Attempt.AmountXaf;

    public string ExternalReference => Attempt.ExternalReference;

    /// <summary>What the charge brought in that this gives back.</summary>
    public long ChargedXaf { get; init; }
}

/// <summary>A provider of money behind its own contract. Moving money is said once; asking may be repeated at will.</summary>
public interface IMoneyProvider
{
    string Name { get; }

    /// <summary>False without its keys; what it moved before is still asked about.</summary>
    bool IsOn { get; }

    Task<SendResult> CollectAsync(MoneyOrder order, CancellationToken ct);

    /// <summary>Money to a person: a refund, or a payout.</summary>
    Task<SendResult> SendAsync(MoneyOrder order, CancellationToken ct);

    /// <summary>Null when the provider does not tell now.</summary>
    Task<ProviderState?> AskAsync(Attempt attempt, string reference, CancellationToken ct);

    /// <summary>Whether the provider has a statement to tell at all.</summary>
    bool KeepsStatement => true;

    /// <summary>What the provider believes happened on these days (in Douala); null when it does not tell, or cannot.</summary>
    Task<IReadOnlyList<StatementLine>?> ListAsync(DateOnly from, DateOnly until, CancellationToken ct);

    /// <summary>What the provider holds for us; null when it does not tell, or cannot.</summary>
    Task<long?> BalanceAsync(CancellationToken ct) => Task.FromResult<long?>(null);
}
