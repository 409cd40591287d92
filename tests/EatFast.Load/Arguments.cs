using System.Globalization;

namespace EatFast.Load;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(LoadOptions Options, string ReportFolder)
{
    public const string Usage = """
        usage: ./eatfast load [options]     against the system that runs
          --rate N|max       orders begun per second, whatever the answers take (default 5); max: as fast as it goes
          --duration 60s     how long orders are begun: 90, 90s, 5m, 1h (default 60s)
          --orders N         stop after N orders
          --seed N           same seed, same choices (default 1)
          --customers N      accounts that order (default 24)        --drivers N   accounts that deliver (default 16)
          --concurrency N    with --rate max: customers at a time (default 16)
          --cash 0.3         share paid in cash; likewise --cancelled, --rejected, --unpaid, --rated
          --place-only       only place orders
          --report FOLDER    report.txt, report.json, report.html and journal.jsonl go there
          --gateway URL      another system than the one that runs here (then only the two demo drivers deliver)
        """;

    public static Arguments Parse(string[] args, SystemEndpoints? system, DateTimeOffset now)
    {
        var gateway = Value(args, "--gateway");
        if (gateway is null && system is null)
            throw new LoadFailedException("EatFast is not running: start it with './eatfast run' in another terminal.");
        var options = gateway is null ? LoadOptions.For(system!) : new LoadOptions { Gateway = Address(gateway) };
        options = options with { Rate = 5, Duration = TimeSpan.FromSeconds(60) };
        var folder = Path.Combine(StateFolder(), "load", FormattableString.Invariant($"{now:yyyyMMdd-HHmmss}"));
        for (var index = 0; index < args.Length; index++)
        {
            if (args[index] == "--place-only")
                options = options with { Mix = options.Mix with { PlaceOnly = true } };
            else if (index + 1 == args.Length)
                throw new LoadFailedException($"Not understood: {args[index]}\n{Usage}");
            else if (args[index] == "--report")
                folder = args[++index];
            else
                options = Apply(options, args[index], args[++index]);
        }
        return new(options with { Journal = Path.Combine(folder, "journal.jsonl") }, folder);
    }

    private static LoadOptions Apply(LoadOptions options, string name, string value) => name switch
    {
        "--gateway" => options,
        "--rate" when value == "max" => options with { Rate = null },
        "--rate" => options with { Rate = Number(name, value, 0.01, 100_000) },
        "--duration" => options with { Duration = Time(value) },
        "--orders" => options with { Orders = Whole(name, value), Duration = null },
        "--seed" => options with { Seed = Whole(name, value) },
        "--customers" => options with { Customers = Whole(name, value) },
        "--drivers" => options with { Drivers = Whole(name, value) },
        "--concurrency" => options with { Concurrency = Whole(name, value) },
        "--cash" => options with { Mix = options.Mix with { Cash = Number(name, value, 0, 1) } },
        "--cancelled" => options with { Mix = options.Mix with { Cancelled = Number(name, value, 0, 1) } },
        "--rejected" => options with { Mix = options.Mix with { Rejected = Number(name, value, 0, 1) } },
        "--unpaid" => options with { Mix = options.Mix with { Unpaid = Number(name, value, 0, 1) } },
        "--rated" => options with { Mix = options.Mix with { Rated = Number(name, value, 0, 1) } },
        _ => throw new LoadFailedException($"Not understood: {name}\n{Usage}")
    };

    private static int Whole(string name, string value) => (int)Number(name, value, 1, 10_000_000);

    private static double Number(string name, string value, double least, double most) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new LoadFailedException($"{name} takes a number from {least} to {most}, not '{value}'.");

    private static TimeSpan Time(string value)
    {
        var unit = value.Length > 0 && char.IsLetter(value[^1]) ? value[^1] : 's';
        var factor = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return factor > 0
            ? TimeSpan.FromSeconds(Number("--duration", value.TrimEnd(unit), 0.1, 1_000_000) * factor)
            : throw new LoadFailedException($"--duration takes seconds, or a number with s, m or h, not '{value}'.");
    }

    private static Uri Address(string value) => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new LoadFailedException($"--gateway takes an address such as http://localhost:8080, not '{value}'.");

    private static string? Value(string[] args, string name)
    {
        var index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
    }

    private static string StateFolder() =>
        Environment.GetEnvironmentVariable("EATFAST_STATE") is { Length: > 0 } state
            ? state
            : Path.Combine(Environment.CurrentDirectory, ".eatfast");
}
