using System.Diagnostics;
using System.Globalization;
using EatFast.Load;

namespace EatFast.Bench.Parts;

/// <summary>
/// Orders placed per second through the gateway, with every service running: each is priced, saved, announced, paid for or waiting,
/// and notified. The outbox drains meanwhile, and what is left of it at the end is timed.
/// </summary>
internal static class OrdersPart
{
    private const double GoalPerSecond = 250;
    private const double GoalP99Ms = 250;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(Figures figures, BenchOptions options, OwnSystem system)
    {
        Figures.Title($"Orders placed through the gateway ({options.Connections} customers at a time, 30 % cash)");
        var load = LoadOptions.For(system.Endpoints) with
        {
            Concurrency = options.Connections,
            Customers = options.Connections * 2,
            Mix = new() { PlaceOnly = true }
        };
        await using var run = await LoadRun.StartAsync(load, TimeProvider.System);
        await Task.Delay(TimeSpan.FromSeconds(options.WarmUp));
        await Statements.ResetAsync(system.Endpoints.Database);
        var (cpu, since) = (Processes.Read(system.Endpoints.Processes), Stopwatch.StartNew());
        var windows = new List<CallSummary>();
        for (var repeat = 0; repeat < options.Repeats; repeat++)
            windows.Add(await MeasureAsync(run, options));
        TellTime(figures, cpu, since.Elapsed, system);
        var statements = await Statements.ReadAsync(system.Endpoints.Database);
        await run.StopAsync(TimeSpan.FromSeconds(30));

        var rate = new Spread([.. windows.Select(window => window.Count / (double)options.Seconds)]);
        figures.Add("orders.perSecond", "placed", rate, "orders/s");
        figures.Add("orders.p50", "p50", new Spread([.. windows.Select(window => window.P50Ms)]), "ms");
        var p99 = new Spread([.. windows.Select(window => window.P99Ms)]);
        figures.Add("orders.p99", "p99", p99, "ms");
        figures.Statuses("orders.statuses", run.Counts);
        await DrainAsync(figures, system.Endpoints.Database);
        Tell(figures, statements);
        figures.Goal(
            "orders.goal", $"goal: at least {GoalPerSecond} orders/s with p99 within {GoalP99Ms} ms",
            rate.Middle >= GoalPerSecond && p99.Middle <= GoalP99Ms);
    }

    private static async Task<CallSummary> MeasureAsync(LoadRun run, BenchOptions options)
    {
        var from = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        return run.SummariseAll(from, from + TimeSpan.FromSeconds(options.Seconds));
    }

    private static async Task DrainAsync(Figures figures, string database)
    {
        var (waited, backlog) = (Stopwatch.StartNew(), await Outboxes.UnsentAsync(database));
        figures.Add("orders.backlog", "events unsent when the last order was placed", backlog, "events");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Outboxes.UnsentAsync(database) > 0 && waited.Elapsed < DrainLimit)
            await timer.WaitForNextTickAsync();
        figures.Add("orders.drain", "until all of them were sent", waited.Elapsed.TotalSeconds, "s");
    }

    private static void TellTime(Figures figures, List<ProcessUse> before, TimeSpan lasted, OwnSystem system)
    {
        var used = Processes.Read(system.Endpoints.Processes)
            .Join(before, now => now.Name, then => then.Name, (now, then) => (now.Name, Seconds: now.CpuSeconds - then.CpuSeconds))
            .Where(use => use.Seconds > 0).OrderByDescending(use => use.Seconds).ToList();
        var total = used.Sum(use => use.Seconds);
        figures.AddList("orders.processorTime", used.ConvertAll(use => new { use.Name, use.Seconds }));
        figures.Add("orders.cores", $"processor used, of {Environment.ProcessorCount} cores", total / lasted.TotalSeconds, "cores");
        Figures.Note("of it: " + string.Join(", ", used.Select(use => Share(use.Name, use.Seconds / total))));
    }

    private static void Tell(Figures figures, List<Statements.Statement> statements)
    {
        figures.AddList("orders.statements", statements);
        foreach (var statement in statements.Take(5))
            Figures.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"SQL {statement.Percent,3:0} % {statement.Calls,7} × {statement.MeanMs:0.00} ms  {statement.Query}"));
    }

    private static string Share(string name, double share) => string.Create(CultureInfo.InvariantCulture, $"{name} {share * 100:0} %");
}
