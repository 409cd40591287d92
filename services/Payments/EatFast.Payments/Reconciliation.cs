using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>How far back the books are compared, and how long a movement may be on its way from one to the other.</summary>
internal sealed record ReconciliationRules(TimeSpan Every, TimeSpan Window, TimeSpan Grace);

/// <summary>Compares provider statements, ledger and orders, and keeps one row per break; running it again changes nothing by itself.</summary>
internal sealed class Reconciliation(
    PaymentsDbContext db, BookReader books, MoneyProviders providers, OrderLookup orders, ReconciliationRules rules, PollSchedule schedule,
    TimeProvider clock, ILogger<Reconciliation> logger)
{
    private const int OrdersPerPage = 500;
    private const int OrdersAtOnce = 8;

    public async Task<ReconciliationRun> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var from = now - rules.Window;
        var known = await db.ReconciliationBreaks.Where(row => row.ResolvedAt == null).ToListAsync(ct);
        var (movements, checkedKinds, found) = (0, new HashSet<(string, string)>(), new List<Mismatch>());
        foreach (var provider in providers.All.Where(known => known.IsOn))
        {
            var (count, kinds, mismatches) = await CompareProviderAsync(provider, from, now, ct);
            movements += count;
            checkedKinds.UnionWith(kinds.Select(kind => (kind, provider.Name)));
            found.AddRange(mismatches);
        }
        foreach (var method in BookReader.OwnMethods)
        {
            var (own, entries) = await books.OwnAsync(method, from, ct);
            found.AddRange(Reconciler.Compare(method, own, entries));
            checkedKinds.UnionWith(BreakKind.OfLedger.Select(kind => (kind, method)));
        }
        found.AddRange((await books.UndecidedAsync(now - schedule.LateLook, ct)).ConvertAll(Reconciler.Undecided));
        if (await FindUnknownOrdersAsync(from, now - rules.Grace, ct) is { } unheard)
        {
            found.AddRange(unheard);
            checkedKinds.Add((BreakKind.OrderUnknown, BreakKind.OrdersBook));
        }
        var (checkedOrders, until, differing) = await CompareOrdersAsync(known, from, now, ct);
        found.AddRange(differing);
        var subjects = found.ConvertAll(mismatch => mismatch.Subject);
        known.AddRange(await db.ReconciliationBreaks.Where(row => row.ResolvedAt != null && subjects.Contains(row.Subject)).ToListAsync(ct));
        Keep(
            known, found,
            row => checkedKinds.Contains((row.Kind, row.Provider)) || row.Kind == BreakKind.Undecided || checkedOrders.Contains(row.Subject), now);
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

    // In this order: an entry that is booked meanwhile is not missed by the movements, nor a movement by its entry.
    private async Task<(int Movements, IReadOnlyList<string> Kinds, IReadOnlyList<Mismatch> Found)> CompareProviderAsync(
        IMoneyProvider provider, DateTimeOffset from, DateTimeOffset now, CancellationToken ct)
    {
        var entries = await books.EntriesAsync(provider.Name, from, ct);
        var lines = provider.KeepsStatement ? await provider.ListAsync(Statements.DayOf(from), Statements.DayOf(now), ct) : null;
        var held = await books.HeldAsync(provider.Name, lines ?? [], from, ct);
        if (lines is not null)
            return (held.Count, BreakKind.OfStatement, Reconciler.Compare(provider.Name, lines, held, entries, from, now - rules.Grace));
        if (provider.KeepsStatement)
            logger.LogWarning("{Provider} tells no statement now, so its account is compared with the ledger only", provider.Name);
        return (held.Count, BreakKind.OfLedger, Reconciler.Compare(provider.Name, held, entries));
    }

    // Null while Ordering does not say; the grace is the time that an event may take.
    private async Task<List<Mismatch>?> FindUnknownOrdersAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var found = new List<Mismatch>();
        try
        {
            await foreach (var page in orders.ListAsync(from, until, ct))
            {
                var ids = page.Select(order => order.OrderId).ToList();
                // Uses ix_payments_order_id.
                var heard = await db.Payments.Where(payment => ids.Contains(payment.OrderId)).Select(payment => payment.OrderId).ToListAsync(ct);
                found.AddRange(page.ExceptBy(heard, order => order.OrderId).Select(order => Reconciler.Unknown(order.OrderId, order.TotalXaf)));
            }
            return found;
        }
        catch (RpcException away)
        {
            logger.LogWarning("Ordering does not list its orders now: {Reason}", away.Message);
            return null;
        }
    }

    // The whole window each time, as orders change without their payment; after a pause it begins where the last run ended.
    private async Task<(HashSet<string> Checked, DateTimeOffset Until, List<Mismatch> Found)> CompareOrdersAsync(
        List<ReconciliationBreak> known, DateTimeOffset from, DateTimeOffset now, CancellationToken ct)
    {
        var last = await db.ReconciliationRuns.MaxAsync(run => (DateTimeOffset?)run.OrdersCheckedUntil, ct);
        var (start, end) = (last < from ? last.Value : from, now - rules.Grace);
        var again = known.Where(row => row.Kind == BreakKind.OrderDiffers && row.ResolvedAt is null).Select(row => row.PaymentId).ToList();
        var (seen, found, isLast) = (new HashSet<string>(), new List<Mismatch>(), false);
        for (var (at, after) = (start, Guid.Empty); !isLast;)
        {
            // Uses ix_payments_updated_at_id.
            var page = await db.Payments.AsNoTracking().Where(payment => payment.Purpose == PaymentPurpose.Order)
                .Where(payment => payment.UpdatedAt <= end && (payment.UpdatedAt > at || (payment.UpdatedAt == at && payment.Id.CompareTo(after) > 0)))
                .OrderBy(payment => payment.UpdatedAt).ThenBy(payment => payment.Id).Take(OrdersPerPage).ToListAsync(ct);
            isLast = page.Count < OrdersPerPage;
            (at, after) = isLast ? (at, after) : (page[^1].UpdatedAt, page[^1].Id);
            if (isLast)
                page.AddRange(await db.Payments.AsNoTracking().Where(payment => again.Contains(payment.Id)).ToListAsync(ct));
            found.AddRange(await CompareAsync(page.FindAll(payment => seen.Add($"{payment.OrderId}")), ct));
        }
        return (seen, end > start ? end : start, found);
    }

    private async Task<IEnumerable<Mismatch>> CompareAsync(List<Payment> payments, CancellationToken ct)
    {
        var found = new List<Mismatch?>();
        foreach (var some in payments.Chunk(OrdersAtOnce))
            found.AddRange(await Task.WhenAll(some.Select(payment => CompareAsync(payment, ct))));
        return found.OfType<Mismatch>();
    }

    private async Task<Mismatch?> CompareAsync(Payment payment, CancellationToken ct)
    {
        var order = await orders.FindOrNullAsync(payment.OrderId, ct);
        return Reconciler.Compare(payment, order?.Order.TotalXaf, order?.PaymentStatus);
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
}
