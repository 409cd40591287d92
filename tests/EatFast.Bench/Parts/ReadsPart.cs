namespace EatFast.Bench.Parts;

/// <summary>The two reads that every visit begins with, through the gateway, beside bare Kestrel answering the same bytes.</summary>
internal static class ReadsPart
{
    public const string List = "/api/v1/restaurants?city=douala&lat=4.0486&lng=9.6983&sort=distance";
    public const string Menu = "/api/v1/restaurants/01990000-0000-7000-8000-100100000000/menu";
    private const double GoalPerSecond = 5_000;
    private const double GoalP99Ms = 50;

    public static async Task RunAsync(Figures figures, BenchOptions options, OwnSystem system)
    {
        var program = Wrk.Program is null ? "our own generator (wrk is not installed)" : Wrk.Program;
        Figures.Title($"Reads through the gateway ({options.Connections} connections, by {program})");
        await MeasureAsync(figures, options, system, "list", "restaurant list", List);
        await MeasureAsync(figures, options, system, "menu", "menu", Menu);
    }

    private static async Task MeasureAsync(
        Figures figures, BenchOptions options, OwnSystem system, string key, string name, string path)
    {
        var address = new Uri(system.Endpoints.Gateway, path);
        using var http = new HttpClient();
        var bytes = await http.GetByteArrayAsync(address);
        await ReadAsync(address, options, Math.Max(1, options.WarmUp / 2));
        var reads = await RepeatAsync(address, options);
        await using var bare = await BareEndpoint.StartAsync(bytes);
        await ReadAsync(bare.Address, options, Math.Max(1, options.WarmUp / 6));
        var yardstick = await RepeatAsync(bare.Address, options);

        var (rate, p99) = (RateOf(reads), P99Of(reads));
        figures.Add($"reads.{key}.perSecond", $"{name} ({bytes.Length:N0} bytes)", rate, "/s");
        figures.Add($"reads.{key}.p50", "  p50", new Spread([.. reads.Select(read => read.P50Ms)]), "ms");
        figures.Add($"reads.{key}.p99", "  p99", p99, "ms");
        figures.Add($"reads.{key}.failures", "  answers other than 2xx", reads.Sum(read => read.Failures), "");
        figures.Add($"reads.{key}.bare", "  bare Kestrel, the same bytes", RateOf(yardstick), "/s");
        figures.Goal(
            $"reads.{key}.goal", $"goal: at least {GoalPerSecond} {name}s/s with p99 within {GoalP99Ms} ms",
            rate.Middle >= GoalPerSecond && p99.Middle <= GoalP99Ms);
    }

    private static async Task<List<Reads>> RepeatAsync(Uri address, BenchOptions options)
    {
        var reads = new List<Reads>();
        for (var repeat = 0; repeat < options.Repeats; repeat++)
            reads.Add(await ReadAsync(address, options, options.Seconds));
        return reads;
    }

    private static Task<Reads> ReadAsync(Uri address, BenchOptions options, int seconds) => Wrk.Program is null
        ? OwnReads.RunAsync(address, options.Connections, seconds)
        : Wrk.RunAsync(address, options.Connections, seconds);

    private static Spread RateOf(List<Reads> reads) => new([.. reads.Select(read => read.PerSecond)]);

    private static Spread P99Of(List<Reads> reads) => new([.. reads.Select(read => read.P99Ms)]);
}
