using System.Diagnostics;
using EatFast.Simulation;
using EatFast.Simulation.Core;

const string usage = """
    Simulates EatFast's services in one process, in virtual time, with faults drawn from a seed.
      --seed N          one seed, with the end of its trace; --lines N says how much of it
      --seeds A..B      many seeds (1..2000 unless said)
      --day             a whole day of hundreds of orders; --seed and --orders choose it
      --orders N        how many orders (the seed decides unless said; 300 in a day)
      --sabotage NAME   with a mistake put in on purpose
      --workers N       threads (2 unless said)
    """;

if (args.Contains("--help"))
{
    Console.WriteLine(usage);
    return 0;
}
var sabotage = Enum.Parse<Sabotage>(Option("--sabotage") ?? nameof(Sabotage.None), ignoreCase: true);
Runner.Prepare();
var orders = Option("--orders") is { } wanted ? int.Parse(wanted, null) : (int?)null;
var watch = Stopwatch.StartNew();
var seed = Option("--seed") is { } one ? int.Parse(one, null) : (int?)null;
if (args.Contains("--day"))
    return Print(Scenario.Day(seed ?? 1, orders ?? 300) with { Sabotage = sabotage });
if (seed is { } alone)
    return Print(new Scenario(alone, orders, Sabotage: sabotage));

var range = (Option("--seeds") ?? "1..2000").Split("..");
var (from, to) = (int.Parse(range[0], null), int.Parse(range[^1], null));
var scenarios = Enumerable.Range(from, to - from + 1).Select(number => new Scenario(number, orders, Sabotage: sabotage)).ToList();
var done = 0;
var outcomes = Runner.RunAll(scenarios, int.Parse(Option("--workers") ?? "2", null), outcome =>
{
    if (!outcome.IsClean)
        Console.WriteLine($"seed {outcome.Scenario.Seed}: {string.Join("; ", outcome.Violations)}");
    if (Interlocked.Increment(ref done) % 500 == 0)
        Console.Error.WriteLine($"{done} of {scenarios.Count}");
    return true;
});
Console.WriteLine(Runner.Summary(outcomes, watch));
return outcomes.All(outcome => outcome.IsClean) ? 0 : 1;

int Print(Scenario scenario)
{
    var lines = int.Parse(Option("--lines") ?? "200", null);
    var outcome = Runner.Run(scenario with { KeptLines = lines });
    Console.WriteLine(outcome.Report(lines));
    Console.WriteLine($"Hash {outcome.Hash}");
    Console.WriteLine(Runner.Summary([outcome], watch));
    return outcome.IsClean ? 0 : 1;
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
