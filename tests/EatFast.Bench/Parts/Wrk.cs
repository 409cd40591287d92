using System.Globalization;
using System.Text.RegularExpressions;
using EatFast.Load;

namespace EatFast.Bench.Parts;

/// <summary>What one measurement of reads gave; a failure is an answer other than 2xx, or none.</summary>
internal sealed record Reads(double PerSecond, double P50Ms, double P99Ms, long Failures);

/// <summary>Reads with wrk, which costs the shared machine less than any generator of ours.</summary>
internal static partial class Wrk
{
    public static string? Program { get; } = Tools.Find("wrk");

    public static async Task<Reads> RunAsync(Uri address, int connections, int seconds) => Parse(await Tools.RunAsync(
        Program!, ["-t2", $"-c{connections}", $"-d{seconds}s", "--latency", address.ToString()]));

    internal static Reads Parse(string output)
    {
        var rate = Rate().Match(output);
        if (!rate.Success)
            throw new LoadFailedException($"wrk printed no result:\n{output}");
        var failures = new[] { NotOk().Match(output), Broken().Match(output) }
            .Where(match => match.Success)
            .SelectMany(match => match.Groups.Values.Skip(1))
            .Sum(group => long.Parse(group.Value, CultureInfo.InvariantCulture));
        var perSecond = double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture);
        return new(perSecond, Latency(output, "50%"), Latency(output, "99%"), failures);
    }

    private static double Latency(string output, string percentile)
    {
        var line = output.Split('\n').First(text => text.TrimStart().StartsWith(percentile, StringComparison.Ordinal));
        var value = line.Trim()[percentile.Length..].Trim();
        var factor = value.EndsWith("us", StringComparison.Ordinal) ? 0.001 : value.EndsWith("ms", StringComparison.Ordinal) ? 1 : 1000;
        return double.Parse(value.TrimEnd('u', 'm', 's'), CultureInfo.InvariantCulture) * factor;
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"Non-2xx or 3xx responses: ([0-9]+)")]
    private static partial Regex NotOk();

    [GeneratedRegex(@"Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)")]
    private static partial Regex Broken();
}
