using System.Diagnostics;
using System.Globalization;
using EatFast.Bench.Parts;

namespace EatFast.Bench.Catalog;

/// <summary><c>bench catalog</c>: 20,000 restaurants with 600,000 dishes, listed near a place and searched by words.</summary>
internal static class CatalogBench
{
    private const int Restaurants = 20_000;
    private const int DistinctQuestions = 600;
    private const int WarmingQuestions = 40;
    private const double GoalPerSecond = 3_000;
    private const double GoalP99Ms = 60;
    private const double GoalAtDatabaseMs = 50;
    private static readonly string[] Words = ["ndole", "poulet", "poison brese", "suya", "koki", "mbongo", "plantain", "chez tantine", "brochete", "jus"];

    public static async Task RunAsync(Figures figures, BenchOptions options, string state)
    {
        await using (var first = await OwnSystem.StartAsync(state))
            await Statements.EnableAsync(first.Endpoints.Database);
        await using var system = await OwnSystem.StartAsync(state);
        Figures.Title($"Filling the catalog with {Restaurants:N0} restaurants");
        var filling = Stopwatch.StartNew();
        await CatalogFiller.FillAsync(system.Endpoints.Database, Restaurants);
        figures.Add("catalog.fill", "filled in", filling.Elapsed.TotalSeconds, "s");

        Figures.Title("The same list for everybody, through the gateway");
        await MeasureListAsync(figures, options, new Uri(system.Endpoints.Gateway, "/api/v1/restaurants?city=douala&lat=4.05&lng=9.70"));
        Figures.Title($"{DistinctQuestions} different questions each, so that no cache knows the answer");
        await MeasureDistinctAsync(figures, system, "list", "lists near a place", number => string.Create(
            CultureInfo.InvariantCulture, $"/api/v1/restaurants?city=douala&lat={4.0 + number * 0.0002:0.####}&lng=9.7"));
        await MeasureDistinctAsync(figures, system, "rated", "lists of the best rated", number => string.Create(
            CultureInfo.InvariantCulture, $"/api/v1/restaurants?sort=rating&limit={number % 50 + 1}&page={number / 50 + 1}"));
        await MeasureDistinctAsync(figures, system, "search", "searches in a town", number =>
            $"/api/v1/search?q={Uri.EscapeDataString(Words[number % Words.Length])}&city=douala&limit={number / Words.Length % 100 + 1}");
        await MeasureDistinctAsync(figures, system, "everywhere", "searches in the whole country", number =>
            $"/api/v1/search?q={Uri.EscapeDataString(Words[number % Words.Length])}&limit={number / Words.Length % 100 + 1}");
    }

    private static async Task MeasureListAsync(Figures figures, BenchOptions options, Uri address)
    {
        await ReadAsync(address, options, Math.Max(1, options.WarmUp / 2));
        var reads = new List<Reads>();
        for (var repeat = 0; repeat < options.Repeats; repeat++)
            reads.Add(await ReadAsync(address, options, options.Seconds));
        var rate = new Spread([.. reads.Select(read => read.PerSecond)]);
        var p99 = new Spread([.. reads.Select(read => read.P99Ms)]);
        figures.Add("catalog.list.perSecond", "restaurant list", rate, "/s");
        figures.Add("catalog.list.p99", "  p99", p99, "ms");
        figures.Add("catalog.list.failures", "  answers other than 2xx", reads.Sum(read => read.Failures), "");
        figures.Goal(
            "catalog.list.goal", $"goal: at least {GoalPerSecond} lists/s with p99 within {GoalP99Ms} ms",
            rate.Middle >= GoalPerSecond && p99.Middle <= GoalP99Ms && reads.Sum(read => read.Failures) == 0);
    }

    private static async Task MeasureDistinctAsync(Figures figures, OwnSystem system, string key, string name, Func<int, string> questionOf)
    {
        var warming = Enumerable.Range(DistinctQuestions, WarmingQuestions);
        await AskAsync(system, warming, questionOf);
        await Statements.ResetAsync(system.Endpoints.Database);
        var times = await AskAsync(system, Enumerable.Range(0, DistinctQuestions), questionOf);
        var failures = DistinctQuestions - times.Count;
        figures.Add($"catalog.{key}.p50", $"{name}, p50", OwnReads.At(times, 0.5), "ms");
        figures.Add($"catalog.{key}.distinctP99", "  p99", OwnReads.At(times, 0.99), "ms");
        figures.Add($"catalog.{key}.distinctFailures", "  answers other than 2xx", failures, "");
        if (await Statements.SlowestAsync(system.Endpoints.Database) is not { } slowest)
            return;
        figures.Add($"catalog.{key}.slowestStatement", "  slowest statement at the database", slowest, "ms");
        figures.Goal(
            $"catalog.{key}.distinctGoal", $"goal: within {GoalAtDatabaseMs} ms at the database", failures == 0 && slowest <= GoalAtDatabaseMs);
    }

    // As many at a time as there are cores: with more, the queue in front of them would be measured.
    private static async Task<List<double>> AskAsync(OwnSystem system, IEnumerable<int> numbers, Func<int, string> questionOf)
    {
        using var http = OwnReads.NewClient();
        var times = new List<double?>();
        foreach (var some in numbers.Chunk(Environment.ProcessorCount))
            times.AddRange(await Task.WhenAll(some.Select(number => OwnReads.TimeAsync(http, new Uri(system.Endpoints.Gateway, questionOf(number))))));
        return [.. times.OfType<double>().Order()];
    }

    private static Task<Reads> ReadAsync(Uri address, BenchOptions options, int seconds) => Wrk.Program is null
        ? OwnReads.RunAsync(address, options.Connections, seconds)
        : Wrk.RunAsync(address, options.Connections, seconds);
}
