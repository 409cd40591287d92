using EatFast.Drills.Faults;
using EatFast.Drills.Reporting;
using EatFast.Drills.Running;
using EatFast.Drills.Target;

namespace EatFast.Drills;

/// <summary>A defect that is built in on purpose, the drills that can see it, and the invariants that it breaks.</summary>
internal sealed record SeededDefect(string Name, IReadOnlyList<Func<Drill>> CaughtBy, params string[] Invariants);

/// <summary>Do the drills see anything? Each seeded defect is switched on in a system of its own, and has to be caught.</summary>
internal static class Sensitivity
{
    private static readonly Func<Drill> DiesWhileConsuming =
        () => new ReachFailpoints(failpoint => failpoint.StartsWith("inbox.", StringComparison.Ordinal));

    public static IReadOnlyList<SeededDefect> Defects { get; } =
    [
        new("ack-before-commit", [DiesWhileConsuming], "I8", "I12"),
        new("no-inbox", [() => new DisturbMessages()], "I8"),
        new("inbox-before-transaction", [DiesWhileConsuming, () => new LosePostgres()], "I8", "I12"),
        new("mark-before-confirm", [() => new LoseBroker()], "I8"),
        new("publish-without-outbox", [() => new LoseBroker()], "I8"),
        new("new-provider-reference", [() => new TroubleProvider()], "I5"),
        new("read-then-insert-idempotency", [() => new RunRaces()], "I2"),
        new("webhook-trusted", [() => new TroubleProvider()], "I5", "I7"),
        new("no-fence", [() => new FreezeReplicas()], "I8"),
        new("notify-without-poll", [() => new LoseBroker()], "I9"),
        new("unordered-apply", [() => new DisturbMessages()], "I4", "I8", "I12"),
        new("refund-not-keyed", [() => new TroubleProvider()], "I5")
    ];

    public static async Task<int> RunAsync(DrillOptions options, Terminal console, CancellationToken ct)
    {
        var chosen = Defects.Where(defect => options.Names.Count == 1 || options.Names.Contains(defect.Name)).ToList();
        if (chosen.Count == 0)
            throw new DrillFailedException(
                $"No seeded defect is called {options.Names[^1]}: {string.Join(", ", Defects.Select(one => one.Name))}.");
        var caught = 0;
        foreach (var defect in chosen)
            caught += await TryAsync(defect, options, console, ct) ? 1 : 0;
        console.Write($"{caught} of {chosen.Count} seeded defects caught.");
        if (caught == chosen.Count)
            console.Write($"None missed, so with 95 % confidence at most {DrillResult.Bound(chosen.Count):P1} of such defects are.");
        return caught == chosen.Count ? 0 : 1;
    }

    private static async Task<bool> TryAsync(SeededDefect defect, DrillOptions options, Terminal console, CancellationToken ct)
    {
        console.Say($"starting a system with the defect {defect.Name}");
        await using var product = await SystemUnderTest.StartAsync(options.AppHost, options.State, defect.Name, ct);
        // What is lost stays lost: there is no point in waiting as long for it as in a drill that shall pass.
        var plan = Session.PlanOf(options) with
        {
            HitsPerFailpoint = 3,
            QuiesceLimit = TimeSpan.FromSeconds(60),
            StuckLimit = TimeSpan.FromSeconds(15)
        };
        var runner = new DrillRunner(product, plan, TimeProvider.System, console.Say);
        foreach (var drill in defect.CaughtBy.Select(make => make()))
        {
            var result = await runner.RunAsync(drill, ct);
            Report.Save(result, Path.Combine(options.State, "reports", defect.Name));
            if (Tell(defect, drill, result, console))
                return true;
        }
        return false;
    }

    private static bool Tell(SeededDefect defect, Drill drill, DrillResult result, Terminal console)
    {
        var seen = result.Verdict.Violations.Where(violation => defect.Invariants.Contains(violation.Invariant)).ToList();
        var counts = string.Join(", ", result.Verdict.Broken.Select(id => $"{result.Verdict.Of(id)}x {id}").DefaultIfEmpty("nothing"));
        console.Write(seen.Count > 0
            ? $"{defect.Name,-30} caught by {drill.Id} in {result.Took.TotalSeconds:0} s: {counts}"
            : $"{defect.Name,-30} NOT CAUGHT by {drill.Id} in {result.Took.TotalSeconds:0} s; broken: {counts}");
        if (seen.Count > 0)
            console.Write($"    {seen[0].Invariant}: {seen[0].Fact}");
        return seen.Count > 0;
    }
}
