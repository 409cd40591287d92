using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>Reads what reconciliation compares. Entries are read before what they rest on, and amounts after it: both are saved together.</summary>
internal sealed class BookReader(PaymentsDbContext db)
{
    private static readonly Dictionary<string, string> KindOfMethod = new()
    {
        [PaymentMethods.Wallet] = EntryKind.WalletPayment,
        [PaymentMethods.Cash] = EntryKind.CashCollected
    };

    public static IEnumerable<string> OwnMethods => KindOfMethod.Keys;

    // A dispute is no movement of ours: it stands among the breaks by itself.
    private static readonly string[] OfDisputes = [EntryKind.Chargeback, EntryKind.ChargebackReturned];

    public Task<List<BookedEntry>> EntriesAsync(string provider, DateTimeOffset from, CancellationToken ct) => Rows(
        db.LedgerEntries.Where(entry => entry.BookedAt >= from && !OfDisputes.Contains(entry.Kind)), Accounts.ClearingOf(provider)).ToListAsync(ct);

    public async Task<List<HeldMovement>> HeldAsync(
        string provider, IReadOnlyList<StatementLine> lines, DateTimeOffset from, CancellationToken ct)
    {
        var recent = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.Provider == provider && (attempt.CreatedAt >= from || attempt.EndedAt >= from)).ToListAsync(ct);
        var known = recent.Select(attempt => attempt.ProviderReference).OfType<string>().ToHashSet();
        var older = lines.Select(line => line.Reference).Where(reference => !known.Contains(reference)).ToList();
        recent.AddRange(await db.Attempts.AsNoTracking()
            .Where(attempt => older.Contains(attempt.ProviderReference!) && attempt.Provider == provider).ToListAsync(ct));
        var since = recent.Min(attempt => (DateTimeOffset?)attempt.CreatedAt) ?? from;
        var booked = await SumAsync(
            Rows(db.LedgerEntries.Where(entry => entry.BookedAt >= since), Accounts.ClearingOf(provider)), ct);
        return [.. recent.DistinctBy(attempt => attempt.Id).Select(attempt =>
            new HeldMovement(attempt, booked.TryGetValue(attempt.Id, out var amountXaf) ? amountXaf : null))];
    }

    public async Task<(List<OwnPayment> Payments, List<BookedEntry> Entries)> OwnAsync(string method, DateTimeOffset from, CancellationToken ct)
    {
        var kind = KindOfMethod[method];
        var entries = await Rows(db.LedgerEntries.Where(entry => entry.BookedAt >= from && entry.Kind == kind), Accounts.OrderEscrow).ToListAsync(ct);
        var named = entries.ConvertAll(entry => entry.SourceId);
        var payments = await db.Payments.AsNoTracking().Where(payment => payment.Purpose == PaymentPurpose.Order)
            .Where(payment => (payment.Method == method && payment.CompletedAt >= from) || named.Contains(payment.Id)).ToListAsync(ct);
        var ids = payments.ConvertAll(payment => payment.Id);
        var booked = await SumAsync(
            Rows(db.LedgerEntries.Where(entry => entry.Kind == kind && ids.Contains(entry.SourceId)), Accounts.OrderEscrow), ct);
        return ([.. payments.Select(payment =>
            new OwnPayment(payment, booked.TryGetValue(payment.Id, out var amountXaf) ? -amountXaf : null))], entries);
    }

    /// <summary>Uses ix_payment_attempts_created_at, which holds only what has not ended.</summary>
    public Task<List<Attempt>> UndecidedAsync(DateTimeOffset before, CancellationToken ct) =>
        db.Attempts.AsNoTracking().Where(attempt => attempt.EndedAt == null && attempt.CreatedAt < before).ToListAsync(ct);

    // Uses ix_ledger_entries_booked_at or ix_ledger_entries_kind_source_id.
    private static IQueryable<BookedEntry> Rows(IQueryable<LedgerEntry> entries, string account) =>
        from entry in entries
        from line in entry.Lines
        where line.Account == account
        select new BookedEntry(entry.Id, entry.SourceId, entry.PaymentId, line.AmountXaf);

    private static async Task<Dictionary<Guid, long>> SumAsync(IQueryable<BookedEntry> rows, CancellationToken ct) =>
        (await rows.ToListAsync(ct)).GroupBy(row => row.SourceId).ToDictionary(group => group.Key, group => group.Sum(row => row.AmountXaf));
}
