using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>
/// Counts the hours that got new events once more, from the events themselves, and their days from the hours: a repeated or late event
/// therefore never makes a figure wrong, and two replicas write the same.
/// </summary>
internal sealed class RollUpAnalytics(OrderingDbContext db, TimeProvider clock) : IPeriodicWork
{
    // Longer than a transaction lasts and than clocks differ: what was stored meanwhile is seen by the next run.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Local = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Overlap;
        // Uses ix_analytics_recorded_at.
        var moments = await db.Analytics.Where(happened => happened.RecordedAt >= since).Select(happened => happened.OccurredAt).Distinct().ToListAsync(ct);
        await CountAsync([.. moments.Select(HourOf).Distinct().Order()], ct);
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

    private static DateTimeOffset HourOf(DateTimeOffset moment) => new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    // A day in Cameroon, which begins on a full hour of UTC.
    private static DateTimeOffset DayOf(DateTimeOffset moment) => new DateTimeOffset(moment.ToOffset(Local).Date, Local).ToUniversalTime();
}
