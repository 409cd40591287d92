namespace EatFast.Bench.Parts;

/// <summary>What the gateway adds: the same menu, one request at a time, by turns from the service itself and through it.</summary>
internal static class GatewayPart
{
    private const int Pairs = 2_000;

    public static async Task RunAsync(Figures figures, BenchOptions options, OwnSystem system)
    {
        Figures.Title($"What the gateway adds ({Pairs} menus each way by turns, one at a time)");
        var direct = new Uri(new Uri(system.UrlOf("catalog")), ReadsPart.Menu);
        var through = new Uri(system.Endpoints.Gateway, ReadsPart.Menu);
        var (directly, added50, added99) = (new List<double>(), new List<double>(), new List<double>());
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            var (straight, around) = await MeasureAsync(direct, through);
            directly.Add(OwnReads.At(straight, 0.5));
            added50.Add(OwnReads.At(around, 0.5) - OwnReads.At(straight, 0.5));
            added99.Add(OwnReads.At(around, 0.99) - OwnReads.At(straight, 0.99));
        }
        figures.Add("gateway.direct", "p50 of the service itself", new Spread(directly), "ms");
        figures.Add("gateway.added.p50", "added at p50", new Spread(added50), "ms");
        figures.Add("gateway.added.p99", "added at p99", new Spread(added99), "ms");
    }

    private static async Task<(List<double> Straight, List<double> Around)> MeasureAsync(Uri direct, Uri through)
    {
        using var http = OwnReads.NewClient();
        var (straight, around) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < Pairs; pair++)
        {
            if (await OwnReads.TimeAsync(http, direct) is { } one)
                straight.Add(one);
            if (await OwnReads.TimeAsync(http, through) is { } other)
                around.Add(other);
        }
        straight.Sort();
        around.Sort();
        return (straight, around);
    }
}
