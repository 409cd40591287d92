using System.Globalization;
using System.Text.RegularExpressions;
using EatFast.Load;
using Npgsql;

namespace EatFast.Bench.Parts;

/// <summary>The yardstick for orders: pgbench writes the very rows that one placed order has left behind, in one transaction, as fast as
/// the same database can.</summary>
internal static partial class PgbenchPart
{
    public static async Task RunAsync(Figures figures, BenchOptions options, OwnSystem system)
    {
        Figures.Title("The same inserts by pgbench, on the same database");
        if (Tools.Find("pgbench") is not { } pgbench)
        {
            Figures.Note("pgbench is not installed (Debian: postgresql-contrib): skipped.");
            return;
        }
        var script = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Report))!, "place-order.sql");
        await File.WriteAllTextAsync(script, await PlaceOrderSql.PrepareAsync(system.Endpoints.Database));
        var database = new NpgsqlConnectionStringBuilder(system.Endpoints.Database);
        var (rates, latencies) = (new List<double>(), new List<double>());
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            var output = await Tools.RunAsync(
                pgbench,
                ["-n", "-M", "prepared", "-f", script, "-c", $"{options.Connections}", "-j", "2", "-T", $"{options.Seconds}",
                    "-h", database.Host!, "-p", $"{database.Port}", "-U", database.Username!, database.Database!],
                ("PGPASSWORD", database.Password!));
            rates.Add(Number(Tps().Match(output)));
            latencies.Add(Number(Latency().Match(output)));
        }
        await PlaceOrderSql.RemoveAsync(system.Endpoints.Database);
        figures.Add("pgbench.perSecond", "transactions, synchronous_commit on", new Spread(rates), "/s");
        figures.Add("pgbench.latency", "average latency", new Spread(latencies), "ms");
        Figures.Note($"the script: {script}");
    }

    private static double Number(Match match) => match.Success
        ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : throw new LoadFailedException("pgbench printed no result.");

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();

    [GeneratedRegex(@"latency average = ([0-9.]+)")]
    private static partial Regex Latency();
}
