using System.Globalization;

namespace EatFast.Bench;

/// <summary>A figure that was measured several times: two cores are noisy, so a single value says little.</summary>
internal sealed record Spread(IReadOnlyList<double> Values)
{
    public double Lowest => Values.Min();

    public double Middle => Values.Order().ElementAt(Values.Count / 2);

    public double Highest => Values.Max();

    public override string ToString() => Values.Count == 1
        ? Format(Middle)
        : $"{Format(Middle)} ({Format(Lowest)} to {Format(Highest)}, {Values.Count} times)";

    private static string Format(double value) => value.ToString(Math.Abs(value) < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
