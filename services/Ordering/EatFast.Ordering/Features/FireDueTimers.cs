using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>Acts when somebody kept silent too long: unpaid, unanswered or unrated orders. Replicas share the work row by row.</summary>
internal sealed class FireDueTimers(OrderingDbContext db, OrderJournal journal, TimeProvider clock) : IPeriodicWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        while (await FireNextAsync(ct))
            db.ChangeTracker.Clear();
    }

    private async Task<bool> FireNextAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await ClaimAsync(now, ct) is not { } timer)
            return false;
        var order = await db.Orders.SingleAsync(found => found.Id == timer.OrderId, ct);
        timer.Fire(order, now);
        journal.Record(order);
        await db.SaveChangesAsync(ct);
        Failpoint.Reach("timer.after-claim-before-commit");
        await transaction.CommitAsync(ct);
        Failpoint.Reach("timer.after-commit");
        return true;
    }

    // Uses ix_order_timers_due_at; the row stays locked until the order's change commits with it.
    private async Task<OrderTimer?> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var claimed = await db.Timers.FromSql($"""
            SELECT * FROM ordering.order_timers
            WHERE done_at IS NULL AND due_at <= {now}
            ORDER BY due_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        return claimed.SingleOrDefault();
    }
}
