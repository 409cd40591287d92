using System.Globalization;
using System.Net;
using System.Text;

namespace EatFast.Load.Reports;

internal sealed record ChartLine(string Name, string Colour, IReadOnlyList<double> Values);

/// <summary>Lines over equally spaced places, as inline SVG.</summary>
internal static class LineChart
{
    private const int Width = 960;
    private const int Height = 240;
    private const int Left = 52;
    private const int Bottom = 212;
    private const int Top = 28;
    private const int Labels = 10;

    public static string Over(int count, string unit, params ChartLine[] lines) =>
        Over([.. Enumerable.Range(0, count).Select(place => $"{place} {unit}")], lines);

    public static string Over(IReadOnlyList<string> places, IReadOnlyList<ChartLine> lines)
    {
        var highest = Nice(lines.SelectMany(line => line.Values).DefaultIfEmpty(0).Max());
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">"));
        for (var step = 0; step <= 4; step++)
        {
            var y = Bottom - (Bottom - Top) * step / 4;
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{y}\" y2=\"{y}\"/>"))
                .Append(Invariant($"<text x=\"{Left - 6}\" y=\"{y + 4}\" text-anchor=\"end\">{highest * step / 4:0.##}</text>"));
        }
        var stride = Math.Max(1, (places.Count + Labels - 1) / Labels);
        for (var place = 0; place < places.Count; place += stride)
            svg.Append(Invariant($"<text x=\"{X(place, places.Count):0.0}\" y=\"{Height - 8}\" text-anchor=\"middle\">"))
                .Append(places[place]).Append("</text>");
        for (var index = 0; index < lines.Count; index++)
            Draw(svg, lines[index], index, places.Count, highest);
        return svg.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder svg, ChartLine line, int index, int count, double highest)
    {
        var points = line.Values.Select((value, place) =>
            Invariant($"{X(place, count):0.0},{Bottom - (Bottom - Top) * value / highest:0.0}"));
        svg.Append(Invariant($"<polyline fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"1.5\" points=\""))
            .AppendJoin(' ', points).Append("\"/>")
            .Append(Invariant($"<rect x=\"{Left + index * 150}\" y=\"4\" width=\"10\" height=\"10\" fill=\"{line.Colour}\"/>"))
            .Append(Invariant($"<text x=\"{Left + index * 150 + 14}\" y=\"13\">{WebUtility.HtmlEncode(line.Name)}</text>"));
    }

    private static double X(int place, int count) => Left + (Width - Left - 24.0) * place / Math.Max(1, count - 1);

    // 1, 2 or 5 times a power of ten, so that the axis has round figures.
    private static double Nice(double value)
    {
        if (value <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * (value / power <= 1 ? 1 : value / power <= 2 ? 2 : value / power <= 5 ? 5 : 10);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
