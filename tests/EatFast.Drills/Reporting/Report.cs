using System.Globalization;
using System.Text.Json;
using EatFast.Drills.Checking;
using EatFast.Drills.Running;
using EatFast.Load;

namespace EatFast.Drills.Reporting;

/// <summary>What a drill came to, in a line for whoever passes by, and in full for whoever has to find the cause.</summary>
internal static class Report
{
    private const int FactsPerInvariant = 4;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Line(DrillResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Id,-3} {(result.Passed ? "pass" : "FAIL")}  {result.Title}: "
        + $"{result.Accepted} orders accepted of {result.Offered}, {result.Ended} ended; "
        + $"{result.Trials} {result.TrialsAre}{Recovery(result)}; {Outcome(result)} ({result.Took.TotalSeconds:0} s)");

    public static IEnumerable<string> Details(DrillResult result)
    {
        var tried = result.Verdict.Tried.OrderBy(one => one.Key, InvariantOrder.Instance).Select(one => $"{one.Key} {one.Value}");
        yield return $"    checked: {string.Join("  ", tried)}";
        yield return $"    p50/p99 ms before {Latency(result.Before)}, during {Latency(result.During)}, after {Latency(result.After)}"
            + (result.Lag.Count > 0 ? $"; outbox lag before {result.Lag}" : "");
        yield return result.Quiesced is { } rest ? $"    at rest {rest.TotalSeconds:0} s after the load had ended"
            : "    did not come to rest";
        foreach (var note in result.Notes)
            yield return $"    {note}";
        foreach (var broken in result.Verdict.Violations.GroupBy(violation => violation.Invariant)
            .OrderBy(group => group.Key, InvariantOrder.Instance))
        {
            foreach (var violation in broken.Take(FactsPerInvariant))
                yield return $"    {broken.Key}: {violation.Fact}";
            if (broken.Count() > FactsPerInvariant)
                yield return $"    {broken.Key}: ... and {broken.Count() - FactsPerInvariant} more";
        }
    }

    public static void Save(DrillResult result, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{result.Id}.json"), JsonSerializer.Serialize(result, Format));
    }

    private static string Outcome(DrillResult result) => result.Verdict.IsClean
        ? string.Create(CultureInfo.InvariantCulture,
            $"0 violations, so with 95 % confidence at most {DrillResult.Bound(result.Trials):P1} of {result.TrialsAre}")
            + string.Create(CultureInfo.InvariantCulture, $" and {DrillResult.Bound(result.Accepted):P1} of orders")
        : string.Join(", ", result.Verdict.Broken.Select(id => $"{result.Verdict.Of(id)}x {id}"));

    private static string Recovery(DrillResult result) => result.Recoveries.Count == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $", recovered in {result.Recoveries.Min().TotalSeconds:0.0}-{result.Recoveries.Max().TotalSeconds:0.0} s");

    private static string Latency(CallSummary? calls) =>
        calls is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{calls.P50Ms:0}/{calls.P99Ms:0}");
}
