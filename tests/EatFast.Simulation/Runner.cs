using System.Diagnostics;
using EatFast.Simulation.Checks;
using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation;

/// <summary>What became of one seed.</summary>
internal sealed record Outcome(Scenario Scenario, string Hash, IReadOnlyList<string> Violations, IReadOnlyList<string> Trace, Counts Counts)
{
    public bool IsClean => Violations.Count == 0;

    /// <summary>Enough to understand a failure and to run it again alone.</summary>
    public string Report(int lines = 120) => string.Join('\n', [
        $"Seed {Scenario.Seed} violates:",
        .. Violations.Select(violation => $"  {violation}"),
        $"The last {Math.Min(lines, Trace.Count)} of {Counts.Events} events:",
        .. Trace.TakeLast(lines).Select(line => $"  {line}"),
        $"Alone: dotnet run -c Release --project tests/EatFast.Simulation -- {(Scenario.IsDay ? "--day " : "")}--seed {Scenario.Seed}"
            + (Scenario.Sabotage == Sabotage.None ? "" : $" --sabotage {Scenario.Sabotage}")
    ]);
}

internal sealed record Counts(long Events, long Boundaries, int Orders, int Movements, int Messages);

/// <summary>Runs seeds, each in a world of its own; several threads run several worlds side by side.</summary>
internal static class Runner
{
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(4);

    /// <summary>Reads the services' programs, which takes seconds and is done once.</summary>
    public static void Prepare() => _ = Blueprint.All;

    /// <summary>On a thread of its own: nothing of the caller's may catch the continuations of the world.</summary>
    public static Outcome Run(Scenario scenario) => RunAll([scenario], workers: 1)[0];

    public static IReadOnlyList<Outcome> RunAll(IReadOnlyList<Scenario> scenarios, int workers, Func<Outcome, bool>? goesOn = null)
    {
        Prepare();
        var outcomes = new Outcome?[scenarios.Count];
        var next = -1;
        var isStopped = false;
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isStopped) && Interlocked.Increment(ref next) is var i && i < scenarios.Count)
            {
                outcomes[i] = RunHere(scenarios[i]);
                if (goesOn?.Invoke(outcomes[i]!) == false)
                    Volatile.Write(ref isStopped, true);
            }
        }, maxStackSize: 16 * 1024 * 1024)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [.. outcomes.OfType<Outcome>()];
    }

    /// <summary>A sentence about many seeds and how fast they went.</summary>
    public static string Summary(IReadOnlyList<Outcome> outcomes, Stopwatch watch) =>
        $"{outcomes.Count} seeds in {watch.Elapsed.TotalSeconds:F1} s ({outcomes.Count / watch.Elapsed.TotalSeconds:F1} seeds/s): "
        + $"{outcomes.Sum(outcome => outcome.Counts.Orders)} orders, {outcomes.Sum(outcome => (long)outcome.Counts.Messages)} messages, "
        + $"{outcomes.Sum(outcome => outcome.Counts.Movements)} movements of money, {outcomes.Sum(outcome => outcome.Counts.Boundaries)} boundaries; "
        + $"{outcomes.Count(outcome => !outcome.IsClean)} with violations"
        + (outcomes.All(outcome => outcome.IsClean) ? $" (at 95 % certainty fewer than {300.0 / outcomes.Count:F2} % of such seeds)" : "");

    private static Outcome RunHere(Scenario scenario)
    {
        using var world = new World(scenario);
        foreach (var service in world.Services)
            service.Start();
        world.City.Open();
        world.Run(World.Start + Horizon + (scenario.Span ?? TimeSpan.Zero), () => Settled.Is(world));
        Checker.Check(world);
        var counts = new Counts(
            world.Trace.Count, world.Faults.Boundaries, world.City.Wishes.Count, world.Provider.Movements.Count, world.Broker.Handled.Count);
        return new Outcome(scenario, world.Trace.Hash(), world.Violations, [.. world.Trace.Last], counts);
    }
}
