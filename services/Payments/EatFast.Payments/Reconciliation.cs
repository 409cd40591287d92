using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>How far back the books are compared, and how long a movement may be on its way from one to the other.</summary>
internal sealed record ReconciliationRules(TimeSpan Every, TimeSpan Window, TimeSpan Grace);

/// <summary>Compares provider statements, ledger and orders, and keeps one row per break; running it again changes nothing by itself.</summary>
internal sealed class Reconciliation(
    PaymentsDbContext db, MoneyProviders providers, OrderLookup orders, ReconciliationRules rules, TimeProvider clock,
    ILogger<Reconciliation> logger)
{
    private const int MostOrders = 500;

    public async Task<ReconciliationRun> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var from = now - rules.Window;
        var known = await db.ReconciliationBreaks.Where(row => row.ResolvedAt == null).ToListAsync(ct);
        var (movements, checkedKinds) = (0, new HashSet<(string, string)>());
        var found = new List<Mismatch>();
        foreach (var provider in providers.All.Where(known => known.IsOn))
        {
            if (await provider.ListAsync(Statements.DayOf(from), Statements.DayOf(now), ct) is not { } lines)
            {
                logger.LogWarning("{Provider} tells no statement now, so its account is not reconciled", provider.Name);
                continue;
            }
            var held = await HeldAsync(provider.Name, lines, from, ct);
            found.AddRange(Reconciler.Compare(provider.Name, lines, held, await EntriesAsync(provider.Name, from, ct), from, now - rules.Grace));
            movements += held.Count;
            checkedKinds.UnionWith(AllOf(provider.Name));
        }
        var (checkedOrders, until, mismatches) = await CompareOrdersAsync(known, from, now, ct);
        found.AddRange(mismatches);
        var subjects = found.ConvertAll(mismatch => mismatch.Subject);
        known.AddRange(await db.ReconciliationBreaks.Where(row => row.ResolvedAt != null && subjects.Contains(row.Subject)).ToListAsync(ct));
        Keep(known, found, row => checkedKinds.Contains((row.Kind, row.Provider)) || checkedOrders.Contains(row.Subject), now);
        var run = new ReconciliationRun
        {
            Id = Guid.CreateVersion7(now),
            StartedAt = now,
            OrdersCheckedUntil = until,
            Movements = movements,
            Orders = checkedOrders.Count,
            Breaks = found.Count
        };
        db.Add(run);
        await db.SaveChangesAsync(ct);
        return run;
    }

    private async Task<List<HeldMovement>> HeldAsync(
        string provider, IReadOnlyList<StatementLine> lines, DateTimeOffset from, CancellationToken ct)
    {
        var recent = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.Provider == provider && (attempt.CreatedAt >= from || attempt.EndedAt >= from)).ToListAsync(ct);
        var known = recent.Select(attempt => attempt.ProviderReference).OfType<string>().ToHashSet();
        var older = lines.Select(line => line.Reference).Where(reference => !known.Contains(reference)).ToList();
        recent.AddRange(await db.Attempts.AsNoTracking()
            .Where(attempt => older.Contains(attempt.ProviderReference!) && attempt.Provider == provider).ToListAsync(ct));
        var account = Accounts.ClearingOf(provider);
        var booked = await BookedAsync(account, recent.Min(attempt => (DateTimeOffset?)attempt.CreatedAt) ?? from, ct);
        return [.. recent.DistinctBy(attempt => attempt.Id).Select(attempt =>
            new HeldMovement(attempt, booked.TryGetValue(attempt.Id, out var amountXaf) ? amountXaf : null))];
    }

    private async Task<Dictionary<Guid, long>> BookedAsync(string account, DateTimeOffset from, CancellationToken ct)
    {
        var rows = await EntryRows(account, from).ToListAsync(ct);
        return rows.GroupBy(row => row.SourceId).ToDictionary(group => group.Key, group => group.Sum(row => row.AmountXaf));
    }

    private async Task<List<BookedEntry>> EntriesAsync(string provider, DateTimeOffset from, CancellationToken ct) =>
        await EntryRows(Accounts.ClearingOf(provider), from).ToListAsync(ct);

    // Uses ix_ledger_entries_booked_at.
    private IQueryable<BookedEntry> EntryRows(string account, DateTimeOffset since) =>
        from entry in db.LedgerEntries
        from line in entry.Lines
        where entry.BookedAt >= since && line.Account == account
        select new BookedEntry(entry.Id, entry.SourceId, entry.PaymentId, line.AmountXaf);

    private async Task<(HashSet<string> Checked, DateTimeOffset Until, List<Mismatch> Found)> CompareOrdersAsync(
        List<ReconciliationBreak> known, DateTimeOffset from, DateTimeOffset now, CancellationToken ct)
    {
        var last = await db.ReconciliationRuns.MaxAsync(run => (DateTimeOffset?)run.OrdersCheckedUntil, ct);
        var (start, end) = (last > from ? last.Value : from, now - rules.Grace);
        var again = known.Where(row => row.Kind == BreakKind.OrderDiffers && row.ResolvedAt is null).Select(row => row.PaymentId).ToList();
        var due = await db.Payments.AsNoTracking()
            .Where(payment => payment.Purpose == PaymentPurpose.Order)
            .Where(payment => (payment.UpdatedAt > start && payment.UpdatedAt <= end) || again.Contains(payment.Id))
            .OrderBy(payment => payment.UpdatedAt).Take(MostOrders).ToListAsync(ct);
        var found = new List<Mismatch>();
        foreach (var payment in due)
        {
            var order = await orders.FindOrNullAsync(payment.OrderId, ct);
            if (Reconciler.Compare(payment, order?.Order.TotalXaf, order?.PaymentStatus) is { } mismatch)
                found.Add(mismatch);
        }
        var until = due.Count < MostOrders ? end : due[^1].UpdatedAt;
        return ([.. due.Select(payment => $"{payment.OrderId}")], until > start ? until : start, found);
    }

    private void Keep(List<ReconciliationBreak> known, List<Mismatch> found, Predicate<ReconciliationBreak> wasChecked, DateTimeOffset now)
    {
        foreach (var mismatch in found.DistinctBy(mismatch => (mismatch.Kind, mismatch.Subject)))
            if (known.Find(row => row.Kind == mismatch.Kind && row.Subject == mismatch.Subject) is { } row)
                row.SeeAgain(mismatch, now);
            else
                db.Add(ReconciliationBreak.Of(mismatch, now));
        var still = found.Select(mismatch => (mismatch.Kind, mismatch.Subject)).ToHashSet();
        foreach (var gone in known.Where(row => row.ResolvedAt is null && wasChecked(row) && !still.Contains((row.Kind, row.Subject))))
            gone.Agree(now);
    }

    private static IEnumerable<(string, string)> AllOf(string provider) =>
        from kind in new[]
        {
            BreakKind.UnknownMovement, BreakKind.Unrecognised, BreakKind.MissingAtProvider, BreakKind.AmountDiffers,
            BreakKind.LedgerDiffers, BreakKind.UnfoundedEntry
        }
        select (kind, provider);
}
