using EatFast.Load;

namespace EatFast.Bench.Parts;

/// <summary>How soon a consumer begins with what another service has committed, at a rate that leaves the machine room.</summary>
internal static class EventsPart
{
    private const double Rate = 10;

    public static async Task RunAsync(Figures figures, BenchOptions options, OwnSystem system)
    {
        Figures.Title($"From commit to consumer ({Rate} orders placed per second)");
        var (p50, p90, p99, count) = (new List<double>(), new List<double>(), new List<double>(), 0L);
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            var load = LoadOptions.For(system.Endpoints) with
            {
                Rate = Rate,
                Duration = TimeSpan.FromSeconds(options.Seconds),
                Customers = 4,
                Mix = new() { PlaceOnly = true }
            };
            await using var run = await LoadRun.StartAsync(load, TimeProvider.System);
            await run.Completion;
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await Outboxes.UnsentAsync(system.Endpoints.Database) > 0)
                await timer.WaitForNextTickAsync();
            var latency = await Outboxes.LatencyAsync(system.Endpoints.Database, run.StartedAt);
            count += latency.Count;
            p50.Add(latency.P50Ms);
            p90.Add(latency.P90Ms);
            p99.Add(latency.P99Ms);
        }
        figures.Add("events.count", "events that reached a consumer", count, "");
        figures.Add("events.p50", "p50", new Spread(p50), "ms");
        figures.Add("events.p90", "p90", new Spread(p90), "ms");
        figures.Add("events.p99", "p99", new Spread(p99), "ms");
    }
}
