using System.Text.Json;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.CamPay;

internal enum Opening
{
    Opened,
    AlreadyKnown,
    NotEnoughFloat,
}

/// <summary>What CamPay believes: every movement and the float per carrier. A decided movement is never decided again.</summary>
internal sealed class CamPayLedger(CamPayOptions options, Journal journal, ChangeFeed changes) : IJournalled
{
    private const string JournalKind = "campay.transaction";

    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, CamPayTransaction> transactions = [];
    private readonly Dictionary<(string Endpoint, string ExternalReference), Guid> byExternalReference = [];
    private readonly HashSet<Guid> pending = [];
    private readonly Dictionary<string, long> balances = new()
    {
        [Operators.Mtn.Name] = options.StartBalanceXaf,
        [Operators.Orange.Name] = options.StartBalanceXaf,
    };

    public (Opening, CamPayTransaction) Open(string endpoint, string externalReference, Func<int, CamPayTransaction> draft)
    {
        CamPayTransaction transaction;
        lock (gate)
        {
            if (byExternalReference.TryGetValue((endpoint, externalReference), out var known))
                return (Opening.AlreadyKnown, transactions[known]);
            transaction = draft(transactions.Count + 1);
            if (balances[transaction.Operator] + transaction.BalanceEffectXaf < 0)
                return (Opening.NotEnoughFloat, transaction);
            Save(transaction);
        }

        changes.Changed();
        return (Opening.Opened, transaction);
    }

    public CamPayTransaction? Decide(Guid reference, string status, string reason, DateTimeOffset now)
    {
        CamPayTransaction decided;
        lock (gate)
        {
            if (!transactions.TryGetValue(reference, out var transaction) || !transaction.IsPending)
                return null;
            decided = transaction with { Status = status, Reason = reason, DecidedAt = now };
            Save(decided);
        }

        changes.Changed();
        return decided;
    }

    public void NoteWebhook(Guid reference, string outcome)
    {
        lock (gate)
            Save(transactions[reference] with { Webhooks = [.. transactions[reference].Webhooks, outcome] });
        changes.Changed();
    }

    public CamPayTransaction? Find(Guid reference)
    {
        lock (gate)
            return transactions.GetValueOrDefault(reference);
    }

    public IReadOnlyList<CamPayTransaction> All()
    {
        lock (gate)
            return [.. transactions.Values];
    }

    public IReadOnlyList<CamPayTransaction> Pending()
    {
        lock (gate)
            return [.. pending.Select(reference => transactions[reference])];
    }

    public long BalanceXaf(Operator carrier)
    {
        lock (gate)
            return balances[carrier.Name];
    }

    public void Restore(JournalLine line)
    {
        if (line.Kind == JournalKind && line.Data.Deserialize<CamPayTransaction>(JsonSerializerOptions.Web) is { } transaction)
            lock (gate)
                Store(transaction);
    }

    private void Save(CamPayTransaction transaction)
    {
        journal.Write(JournalKind, transaction);
        Store(transaction);
    }

    private void Store(CamPayTransaction transaction)
    {
        var before = transactions.GetValueOrDefault(transaction.Reference)?.BalanceEffectXaf ?? 0;
        balances[transaction.Operator] += transaction.BalanceEffectXaf - before;
        transactions[transaction.Reference] = transaction;
        if (transaction.ExternalReference.Length > 0)
            byExternalReference[(transaction.Endpoint, transaction.ExternalReference)] = transaction.Reference;
        if (transaction.IsPending)
            pending.Add(transaction.Reference);
        else
            pending.Remove(transaction.Reference);
    }
}
