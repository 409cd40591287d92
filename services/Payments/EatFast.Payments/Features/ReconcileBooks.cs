using EatFast.Payments.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>Reconciles all books once in a while; whichever replica finds it due does it.</summary>
internal sealed class ReconcileBooks(
    PaymentsDbContext db, Reconciliation reconciliation, CardDisputes disputes, ReconciliationRules rules, TimeProvider clock)
    : IPeriodicWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var last = await db.ReconciliationRuns.MaxAsync(run => (DateTimeOffset?)run.StartedAt, ct);
        if (last is not null && clock.GetUtcNow() - last < rules.Every)
            return;
        await disputes.FollowAllAsync(ct);
        await reconciliation.RunAsync(ct);
    }
}
