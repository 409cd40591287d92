using System.Globalization;
using System.Text.Json;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.NouPay;

internal static class NouPayStatus
{
    public const string Pending = "pending";
    public const string Successful = "successful";
    public const string Failed = "failed";
}

/// <summary>A charge as NouPay sees it.</summary>
internal sealed record NouPayTransaction(string Transaction, string Reference, string Phone, long AmountXaf, DateTimeOffset CreatedAt)
{
    public string Status { get; init; } = NouPayStatus.Pending;
    public long PaidXaf { get; init; } = AmountXaf;
    public string Description { get; init; } = "";
    public DateTimeOffset DecidesAt { get; init; }
    public string PlannedStatus { get; init; } = NouPayStatus.Failed;
    public bool AwaitsPerson { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public int ToldAfterMs { get; init; }
    public bool IsNeverTold { get; init; }

    /// <summary>What who asks is told, which may not be what happened.</summary>
    public string StatusToldAt(DateTimeOffset now) =>
        IsNeverTold || (DecidedAt is { } decided && now < decided.AddMilliseconds(ToldAfterMs)) ? NouPayStatus.Pending : Status;
}

/// <summary>What NouPay believes happened. It never calls anybody: who wants to know has to ask.</summary>
internal sealed class NouPayLedger(Journal journal, ChangeFeed changes, TimeProvider clock) : IJournalled, ITimed
{
    private const string JournalKind = "noupay.transaction";
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, NouPayTransaction> transactions = [];

    public NouPayTransaction Open(Func<string, NouPayTransaction> draft)
    {
        lock (gate)
            return Save(draft(string.Create(CultureInfo.InvariantCulture, $"PAY{clock.GetUtcNow():yyMMdd}{transactions.Count + 1:D7}")));
    }

    public bool TryDecide(string transaction, string status)
    {
        lock (gate)
        {
            if (!transactions.TryGetValue(transaction, out var known) || known.Status != NouPayStatus.Pending)
                return false;
            Save(known with { Status = status, DecidedAt = clock.GetUtcNow() });
            return true;
        }
    }

    public NouPayTransaction? Find(string transaction)
    {
        lock (gate)
            return transactions.GetValueOrDefault(transaction);
    }

    public IReadOnlyList<NouPayTransaction> All()
    {
        lock (gate)
            return [.. transactions.Values];
    }

    public void Tick(DateTimeOffset now)
    {
        foreach (var due in All().Where(known => known.Status == NouPayStatus.Pending && known.DecidesAt <= now))
            TryDecide(due.Transaction, due.PlannedStatus);
    }

    public void Restore(JournalLine line)
    {
        if (line.Kind == JournalKind && line.Data.Deserialize<NouPayTransaction>(JsonSerializerOptions.Web) is { } known)
            lock (gate)
                transactions[known.Transaction] = known;
    }

    private NouPayTransaction Save(NouPayTransaction transaction)
    {
        journal.Write(JournalKind, transaction);
        transactions[transaction.Transaction] = transaction;
        changes.Changed();
        return transaction;
    }
}
