using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>
/// Tells Google Analytics what happened, in batches and behind everybody's back. The mark moves before anything is sent: what is lost on
/// the way is lost, for a purchase told twice would be worse, and nothing of ours ever waits for it.
/// </summary>
internal sealed class ForwardAnalytics(OrderingDbContext db, Ga4 ga4, TimeProvider clock) : IPeriodicWork
{
    private const int MostEvents = 500;
    // Longer than a transaction lasts: what is recorded earlier than this is visible.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        if (!ga4.IsOn)
            return;
        while (await TakeAsync(ct) is { Count: > 0 } taken)
        {
            var orders = await OrdersOfAsync(taken, ct);
            var fresh = taken.Where(happened => !Ga4Event.IsTooOld(happened, clock.GetUtcNow()));
            var told = fresh.Select(happened => Ga4Event.Of(happened, happened.OrderId is { } id ? orders.GetValueOrDefault(id) : null));
            foreach (var request in Ga4Request.Pack(told.OfType<Ga4Event>()))
                await ga4.SendAsync(request, ct);
            if (taken.Count < MostEvents)
                return;
        }
    }

    private async Task<List<AnalyticsEvent>> TakeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // What happened before anybody listened is not told.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ordering.analytics_forwarding (receiver, recorded_at, event_id) VALUES ({AnalyticsForwarding.Ga4}, {now - Settling}, {Guid.Empty})
            ON CONFLICT DO NOTHING
            """,
            ct);
        // Another replica is at it when this finds nothing.
        var marks = await db.AnalyticsForwardings.FromSql(
            $"SELECT * FROM ordering.analytics_forwarding WHERE receiver = {AnalyticsForwarding.Ga4} FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        if (marks is not [var mark])
            return [];
        var (end, from) = (now - Settling, (mark.RecordedAt, mark.EventId));
        // Uses ix_analytics_recorded_at.
        var taken = await db.Analytics.AsNoTracking()
            .Where(happened => happened.RecordedAt < end && EF.Functions.GreaterThan(
                ValueTuple.Create(happened.RecordedAt, happened.Id), ValueTuple.Create(from.RecordedAt, from.EventId)))
            .OrderBy(happened => happened.RecordedAt).ThenBy(happened => happened.Id).Take(MostEvents).ToListAsync(ct);
        if (taken is [.., var last])
            mark.Advance(last.RecordedAt, last.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return taken;
    }

    private async Task<Dictionary<Guid, Order>> OrdersOfAsync(List<AnalyticsEvent> taken, CancellationToken ct)
    {
        var ids = taken.Where(Ga4Event.NeedsOrder).Select(happened => happened.OrderId!.Value).Distinct().ToList();
        return await db.WholeOrders.AsNoTracking().Where(order => ids.Contains(order.Id)).ToDictionaryAsync(order => order.Id, ct);
    }
}
