using System.Globalization;
using System.Net;
using System.Text;

namespace EatFast.Load.Reports;

/// <summary>The report as one page that needs nothing from anywhere: its charts are inline SVG.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1000px;padding:0 1rem;color:#1d2433;background:#fff}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
        td,th{padding:.25rem .5rem;text-align:right;border-bottom:1px solid #8884}td:first-child,th:first-child{text-align:left}
        svg{width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:currentColor}.axis{stroke:#8886}.big b{font-size:1.4rem}
        .big{display:flex;gap:2rem;flex-wrap:wrap}.big div{min-width:7rem}
        @media(prefers-color-scheme:dark){body{color:#e6e9ef;background:#161a22}}
        """;

    public static string Of(LoadReport report)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<title>EatFast under load</title><style>").Append(Style).Append("</style><h1>EatFast under load</h1>");
        page.Append(Invariant($"<p>{report.StartedAt:yyyy-MM-dd HH:mm:ss} UTC, {report.Seconds:0.0} s: {Text(report.Settings)}</p>"));
        Headline(page, report);
        var seconds = report.BySecond;
        page.Append("<h2>Orders per second</h2>").Append(LineChart.Over(seconds.Count, "s",
            new("placed", "#2f6fed", [.. seconds.Select(second => (double)second.Placed)]),
            new("ended", "#1a9c5b", [.. seconds.Select(second => (double)second.Ended)])));
        page.Append("<h2>Latency of all calls, ms</h2>").Append(LineChart.Over(seconds.Count, "s",
            new("p50", "#2f6fed", [.. seconds.Select(second => second.P50Ms)]),
            new("p99", "#d9480f", [.. seconds.Select(second => second.P99Ms)])));
        page.Append("<h2>Attempts per second</h2>").Append(LineChart.Over(seconds.Count, "s",
            new("sent", "#2f6fed", [.. seconds.Select(second => (double)second.Attempts)]),
            new("no answer, 429 or 5xx", "#c92a2a", [.. seconds.Select(second => (double)second.Failed)])));
        Curves(page, report);
        Table(page, report);
        Troubles(page, report);
        return page.Append("</html>\n").ToString();
    }

    private static void Headline(StringBuilder page, LoadReport report)
    {
        var counts = report.Counts;
        page.Append("<div class=\"big\">");
        foreach (var (value, name) in new[]
        {
            (Invariant($"{report.PlacedPerSecond:0.0}"), "placed per second"),
            (Invariant($"{report.EndedPerSecond:0.0}"), "ended per second"),
            (Invariant($"{report.CallsPerSecond:0}"), "calls per second"), (Invariant($"{report.All.P50Ms:0.0} ms"), "p50 of all calls"),
            (Invariant($"{report.All.P99Ms:0.0} ms"), "p99 of all calls"), (Invariant($"{counts.Accepted}"), "accepted"),
            (Invariant($"{counts.Delivered}"), "delivered"), (Invariant($"{counts.Cancelled + counts.Rejected}"), "cancelled or rejected"),
            (Invariant($"{counts.Abandoned}"), "given up"), (Invariant($"{counts.Retries}"), "repeated attempts")
        })
            page.Append($"<div><b>{value}</b><br>{name}</div>");
        page.Append("</div>");
    }

    private static void Curves(StringBuilder page, LoadReport report)
    {
        string[] colours = ["#2f6fed", "#d9480f", "#1a9c5b", "#9c36b5", "#e0a100", "#0b7285"];
        var slowest = report.Calls.Where(call => call.Count > 0).OrderByDescending(call => call.P99Ms).Take(colours.Length);
        var lines = slowest.Select((call, place) => new ChartLine(call.Call, colours[place], report.Curves[call.Call]));
        page.Append("<h2>Latency by percentile, ms (the slowest six)</h2>")
            .Append(LineChart.Over([.. LoadReport.Percentiles.Select(percentile => Invariant($"p{percentile}"))], [.. lines]));
    }

    private static void Table(StringBuilder page, LoadReport report)
    {
        page.Append("<h2>Calls and waits, ms</h2><table><tr><th></th><th>count</th><th>refused</th><th>mean</th><th>p50</th><th>p90</th>")
            .Append("<th>p99</th><th>p99.9</th><th>max</th></tr>");
        foreach (var call in report.Calls.Append(report.All))
            page.Append(Invariant($"<tr><td>{Text(call.Call)}</td><td>{call.Count}</td><td>{call.Failed}</td><td>{call.MeanMs:0.0}</td>"))
                .Append(Invariant($"<td>{call.P50Ms:0.0}</td><td>{call.P90Ms:0.0}</td><td>{call.P99Ms:0.0}</td>"))
                .Append(Invariant($"<td>{call.P999Ms:0.0}</td><td>{call.MaxMs:0.0}</td></tr>"));
        page.Append("</table>");
    }

    private static void Troubles(StringBuilder page, LoadReport report)
    {
        var counts = report.Counts;
        var statuses = counts.ByStatus.Select(pair => Invariant($"{(pair.Key == 0 ? "no answer" : $"{pair.Key}")}: {pair.Value}"));
        page.Append("<h2>Answers</h2><p>").AppendJoin(", ", statuses).Append("</p>");
        if (report.Troubles.Count == 0)
            return;
        page.Append("<h2>Given up because</h2><ul>");
        foreach (var (trouble, count) in report.Troubles)
            page.Append(Invariant($"<li>{count} × {Text(trouble)}</li>"));
        page.Append("</ul>");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
