using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>
/// Counts the hours that got new events once more, from the events themselves, and their days from the hours: a repeated or late event
/// therefore never makes a figure wrong. How far it got is stored, so that what came while nobody counted is counted later.
/// </summary>
internal sealed class RollUpAnalytics(OrderingDbContext db, TimeProvider clock) : IPeriodicWork
{
    // Longer than a transaction lasts and than clocks differ: what was stored meanwhile is seen by the next run.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Local = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Before the first run everything counts.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ordering.analytics_forwarding (receiver, recorded_at, event_id)
            VALUES ({AnalyticsForwarding.Rollups}, {DateTimeOffset.UnixEpoch}, {Guid.Empty}) ON CONFLICT DO NOTHING
            """,
            ct);
        // Another replica waits here, and then finds little to count.
        var mark = await db.AnalyticsForwardings.FromSql(
            $"SELECT * FROM ordering.analytics_forwarding WHERE receiver = {AnalyticsForwarding.Rollups} FOR UPDATE").SingleAsync(ct);
        var since = mark.RecordedAt - Overlap;
        // Uses ix_analytics_recorded_at.
        var hours = await db.Database.SqlQuery<DateTimeOffset>(
            $"SELECT DISTINCT date_trunc('hour', occurred_at, 'UTC') AS \"Value\" FROM ordering.analytics WHERE recorded_at >= {since}").ToListAsync(ct);
        // The mark stays where it is while nothing happens.
        if (hours.Count == 0)
            return;
        await CountAsync([.. hours.Order()], ct);
        if (now > mark.RecordedAt)
            mark.Advance(now, Guid.Empty);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    internal async Task CountAsync(IReadOnlyCollection<DateTimeOffset> hours, CancellationToken ct)
    {
        foreach (var hour in hours)
        {
            var end = hour.AddHours(1);
            // Uses ix_analytics_occurred_at.
            var counts = await db.Analytics.Where(happened => happened.OccurredAt >= hour && happened.OccurredAt < end)
                .GroupBy(happened => happened.Name)
                .Select(group => new Counted(group.Key, group.Count(), group.Sum(happened => happened.AmountXaf) ?? 0)).ToListAsync(ct);
            await SetAsync(AnalyticsRollup.Hour, hour, counts, ct);
        }
        foreach (var day in hours.Select(DayOf).Distinct())
        {
            var end = day.AddDays(1);
            var counts = await db.Rollups.Where(rollup => rollup.Grain == AnalyticsRollup.Hour && rollup.Bucket >= day && rollup.Bucket < end)
                .GroupBy(rollup => rollup.Name)
                .Select(group => new Counted(group.Key, group.Sum(rollup => rollup.Count), group.Sum(rollup => rollup.AmountXaf))).ToListAsync(ct);
            await SetAsync(AnalyticsRollup.Day, day, counts, ct);
        }
    }

    private sealed record Counted(string Name, int Count, long AmountXaf);

    private async Task SetAsync(string grain, DateTimeOffset bucket, List<Counted> counts, CancellationToken ct)
    {
        var known = await db.Rollups.Where(rollup => rollup.Grain == grain && rollup.Bucket == bucket).ToDictionaryAsync(rollup => rollup.Name, ct);
        foreach (var counted in counts)
        {
            if (!known.TryGetValue(counted.Name, out var rollup))
                db.Add(rollup = new AnalyticsRollup { Grain = grain, Bucket = bucket, Name = counted.Name });
            rollup.Set(counted.Count, counted.AmountXaf);
        }
        await db.SaveChangesAsync(ct);
    }

    // A day in Cameroon, which begins on a full hour of UTC.
    private static DateTimeOffset DayOf(DateTimeOffset moment) => new DateTimeOffset(moment.ToOffset(Local).Date, Local).ToUniversalTime();
}
