using EatFast.Payments.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>Reconciles all books once in a while; whichever replica finds it due does it.</summary>
internal sealed class ReconcileBooks(PaymentsDbContext db, Reconciliation reconciliation, ReconciliationRules rules, TimeProvider clock)
    : IPeriodicWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var last = await db.ReconciliationRuns.MaxAsync(run => (DateTimeOffset?)run.StartedAt, ct);
        if (last is null || clock.GetUtcNow() - last >= rules.Every)
            await reconciliation.RunAsync(ct);
    }
}
