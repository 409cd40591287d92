using System.Text.Json;

namespace EatFast.Load.Reports;

/// <summary>Everything that a finished run has to say; written as text, JSON and a page.</summary>
internal sealed record LoadReport
{
    public static readonly double[] Percentiles = [0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 100];
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required string Run { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double Seconds { get; init; }

    public required string Settings { get; init; }

    public required LoadCounts Counts { get; init; }

    public required double PlacedPerSecond { get; init; }

    public required double EndedPerSecond { get; init; }

    public required double CallsPerSecond { get; init; }

    public required CallSummary All { get; init; }

    public required IReadOnlyList<CallSummary> Calls { get; init; }

    /// <summary>Per call, the latency at each of <see cref="Percentiles"/>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Curves { get; init; }

    public required IReadOnlyList<LoadSecond> BySecond { get; init; }

    public required IReadOnlyDictionary<string, int> Troubles { get; init; }

    public static LoadReport Of(LoadRun run, TimeSpan lasted)
    {
        var (counts, calls, seconds) = (run.Counts, run.Summarise(), Math.Max(0.001, lasted.TotalSeconds));
        var options = run.Options;
        var pace = options.Rate is { } rate
            ? FormattableString.Invariant($"{rate} orders/s")
            : $"{options.Concurrency} customers at a time";
        return new()
        {
            Run = run.Id,
            StartedAt = run.StartedAt,
            Seconds = seconds,
            Settings = $"{pace}, seed {options.Seed}, {options.Customers} customers, {options.Drivers} drivers, {options.Gateway}",
            Counts = counts,
            PlacedPerSecond = counts.Accepted / seconds,
            EndedPerSecond = counts.Ended / seconds,
            CallsPerSecond = calls.Sum(call => call.Count) / seconds,
            All = run.SummariseAll(),
            Calls = calls,
            Curves = calls.ToDictionary(call => call.Call, call => run.Curve(call.Call, Percentiles)),
            BySecond = run.Seconds(),
            Troubles = run.Troubles
        };
    }

    /// <summary>report.txt, report.json and report.html in the folder.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "report.txt"), TextReport.Of(this));
        File.WriteAllText(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(this, Format));
        File.WriteAllText(Path.Combine(folder, "report.html"), HtmlReport.Of(this));
    }
}
