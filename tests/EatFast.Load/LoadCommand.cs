using System.Globalization;
using System.Runtime.InteropServices;
using EatFast.Load.Http;
using EatFast.Load.Reports;

namespace EatFast.Load;

/// <summary>One run with its progress on the screen and its report at the end; Ctrl-C ends it early, with the report.</summary>
internal static class LoadCommand
{
    private static readonly TimeSpan LastOrdersWithin = TimeSpan.FromSeconds(120);

    /// <summary>0 when every order that was begun has ended, 1 when some were given up, 2 when the run could not begin.</summary>
    public static async Task<int> RunAsync(Arguments arguments, TimeProvider clock)
    {
        var options = arguments.Options;
        using var interrupted = new CancellationTokenSource();
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interrupted.Cancel();
        });
        Console.WriteLine($"{options.Gateway}: {options.Customers} customers and {options.Drivers} drivers register.");
        await using var run = await StartAsync(options, clock, interrupted.Token);
        var started = clock.GetTimestamp();
        await WatchAsync(run, started, clock, interrupted.Token);
        await run.StopAsync(LastOrdersWithin);
        var report = LoadReport.Of(run, clock.GetElapsedTime(started));
        report.WriteTo(arguments.ReportFolder);
        Console.WriteLine();
        Console.WriteLine(TextReport.Of(report));
        Console.WriteLine($"{Path.Combine(arguments.ReportFolder, "report.html")}  (also .json, .txt, and journal.jsonl)");
        return run.Counts is { Abandoned: 0, Shed: 0, Accepted: > 0 } ? 0 : 1;
    }

    private static async Task<LoadRun> StartAsync(LoadOptions options, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await RequireUnlimitedAsync(options.Gateway, ct);
            return await LoadRun.StartAsync(options, clock, ct);
        }
        catch (HttpRequestException nobody)
        {
            throw new LoadFailedException($"{nobody.Message}. Is EatFast running at {options.Gateway}?");
        }
        catch (NoAnswerException nobody)
        {
            throw new LoadFailedException($"{nobody.Message}. Is EatFast running at {options.Gateway}?");
        }
        catch (OperationCanceledException)
        {
            throw new LoadFailedException("Interrupted before the first order.");
        }
    }

    // A crowd at one address looks like an attack, and would be stopped after its fifth registration.
    private static async Task RequireUnlimitedAsync(Uri gateway, CancellationToken ct)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(gateway, "/api/v1/restaurants?limit=1"), ct);
        if (answer.Headers.Contains("X-RateLimit-Limit"))
            throw new LoadFailedException("The gateway limits what one caller may do: start it with RateLimits__Enabled=false ./eatfast run");
    }

    private static async Task WatchAsync(LoadRun run, long started, TimeProvider clock, CancellationToken interrupted)
    {
        var pause = TimeSpan.FromSeconds(Console.IsOutputRedirected ? 10 : 1);
        while (!run.Completion.IsCompleted && !interrupted.IsCancellationRequested)
        {
            await Task.WhenAny(run.Completion, Task.Delay(pause, clock, interrupted));
            Print(run, clock.GetElapsedTime(started), clock.GetUtcNow());
        }
        if (run.Completion.IsFaulted)
            await run.Completion;
    }

    private static void Print(LoadRun run, TimeSpan elapsed, DateTimeOffset now)
    {
        var counts = run.Counts;
        var lately = run.SummariseAll(now - TimeSpan.FromSeconds(10));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds,6:0} s  offered {counts.Offered}, placed {counts.Accepted}, ended {counts.Ended}, "
            + $"under way {counts.UnderWay}, given up {counts.Abandoned}, repeated {counts.Retries}; "
            + $"last 10 s: {lately.Count / 10.0:0} calls/s, p50 {lately.P50Ms:0.0} ms, p99 {lately.P99Ms:0.0} ms"));
    }
}
