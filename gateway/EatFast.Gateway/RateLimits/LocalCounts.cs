using System.Collections.Concurrent;

namespace EatFast.Gateway.RateLimits;

/// <summary>This gateway's own counts while Redis is away: half of each quota, so that two gateways admit what both may together.</summary>
internal sealed class LocalCounts(TimeProvider clock)
{
    private const int TidyAt = 10_000;
    private readonly ConcurrentDictionary<string, Log> _logs = new();

    private sealed class Log
    {
        public Queue<DateTimeOffset> Admitted { get; } = new();

        public DateTimeOffset EmptyAt { get; set; }
    }

    public Verdict Take(IReadOnlyList<Quota> quotas)
    {
        var now = clock.GetUtcNow();
        Tidy(now);
        // One lock for all: this is the exception, and deadlocks between counts are worse than waiting.
        lock (_logs)
        {
            var verdicts = quotas.Select(quota => Look(quota, now)).ToList();
            var refused = verdicts.FindAll(verdict => !verdict.IsAdmitted);
            if (refused.Count > 0)
                return refused.MaxBy(verdict => verdict.ResetAfter)!;
            foreach (var quota in quotas)
            {
                var log = _logs[quota.Key];
                log.Admitted.Enqueue(now);
                log.EmptyAt = now + quota.Window;
            }
            return verdicts.MinBy(verdict => verdict.Remaining)!;
        }
    }

    private Verdict Look(Quota quota, DateTimeOffset now)
    {
        var admitted = _logs.GetOrAdd(quota.Key, _ => new Log()).Admitted;
        while (admitted.TryPeek(out var oldest) && oldest <= now - quota.Window)
            admitted.Dequeue();
        var limit = Math.Max(1, quota.Limit / 2);
        var reset = admitted.TryPeek(out var first) ? first + quota.Window - now : quota.Window;
        return new Verdict(admitted.Count < limit, limit, Math.Max(0, limit - admitted.Count - 1), reset);
    }

    private void Tidy(DateTimeOffset now)
    {
        if (_logs.Count < TidyAt)
            return;
        lock (_logs)
            foreach (var (key, _) in _logs.Where(entry => entry.Value.EmptyAt <= now).ToList())
                _logs.TryRemove(key, out _);
    }
}
