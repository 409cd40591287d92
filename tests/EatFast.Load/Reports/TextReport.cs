using System.Globalization;
using System.Text;

namespace EatFast.Load.Reports;

/// <summary>The report for a terminal.</summary>
internal static class TextReport
{
    public static string Of(LoadReport report)
    {
        var text = new StringBuilder();
        var counts = report.Counts;
        Line(text, $"orders    offered {counts.Offered}, accepted {counts.Accepted}, delivered {counts.Delivered}");
        Line(text, $"          cancelled {counts.Cancelled}, rejected {counts.Rejected}, given up {counts.Abandoned}, shed {counts.Shed}");
        Line(text, $"rates     {report.PlacedPerSecond:0.0} placed/s, {report.EndedPerSecond:0.0} ended/s");
        Line(text, $"          {report.CallsPerSecond:0} calls/s over {report.Seconds:0.0} s");
        var statuses = string.Join(", ", counts.ByStatus.Select(pair => $"{(pair.Key == 0 ? "no answer" : $"{pair.Key}")} {pair.Value}"));
        Line(text, $"attempts  {counts.Attempts} ({counts.Retries} repeated); {statuses}");
        text.AppendLine();
        Line(text, $"{"ms",-34}{"count",8}{"refused",8}{"mean",9}{"p50",9}{"p90",9}{"p99",9}{"p99.9",9}{"max",9}");
        foreach (var call in report.Calls.Append(report.All))
            Row(text, call);
        foreach (var (trouble, count) in report.Troubles)
            Line(text, $"given up  {count} × {trouble}");
        return text.ToString();
    }

    private static void Row(StringBuilder text, CallSummary call)
    {
        text.Append(CultureInfo.InvariantCulture, $"{call.Call,-34}{call.Count,8}{call.Failed,8}{call.MeanMs,9:0.0}{call.P50Ms,9:0.0}");
        Line(text, $"{call.P90Ms,9:0.0}{call.P99Ms,9:0.0}{call.P999Ms,9:0.0}{call.MaxMs,9:0.0}");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
