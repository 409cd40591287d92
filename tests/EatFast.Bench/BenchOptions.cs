using System.Globalization;
using EatFast.Load;

namespace EatFast.Bench;

/// <summary>How long and how often each part is measured.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        usage: ./eatfast bench [options]            starts a system of its own, measures it, stops it
               ./eatfast bench catalog [options]    the same with 20,000 restaurants: lists and searches
          --seconds N     length of one measurement (default 15)
          --repeats N     measurements of each figure (default 3)
          --warmup N      seconds before the first one (default 30)
          --connections N requests at a time (default 32)
          --report FILE   the figures as JSON (default .eatfast/bench.json)
        """;

    public int Seconds { get; init; } = 15;

    public int Repeats { get; init; } = 3;

    public int WarmUp { get; init; } = 30;

    public int Connections { get; init; } = 32;

    public string Report { get; init; } = Path.Combine(
        Environment.GetEnvironmentVariable("EATFAST_STATE") is { Length: > 0 } state ? state : ".eatfast", "bench.json");

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions();
        for (var index = 0; index < args.Length; index += 2)
        {
            var value = index + 1 < args.Length ? args[index + 1] : null;
            options = args[index] switch
            {
                "--report" when value is not null => options with { Report = value },
                "--seconds" => options with { Seconds = Whole(args[index], value) },
                "--repeats" => options with { Repeats = Whole(args[index], value) },
                "--warmup" => options with { WarmUp = Whole(args[index], value) },
                "--connections" => options with { Connections = Whole(args[index], value) },
                _ => throw new LoadFailedException($"Not understood: {args[index]}\n{Usage}")
            };
        }
        return options;
    }

    private static int Whole(string name, string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 3600
            ? number
            : throw new LoadFailedException($"{name} takes a whole number from 1 to 3600, not '{value}'.");
}
