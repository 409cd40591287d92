using System.Diagnostics;
using EatFast.Drills.Checking;
using EatFast.Drills.Reading;
using Npgsql;

namespace EatFast.Drills.Running;

/// <summary>Waits until the system has come to rest: first outboxes, queues and orders, then whatever the checker still misses.</summary>
internal sealed class Quiesce(Stage stage, Witness witness)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.5);

    // These say by themselves that something is still on its way.
    private static readonly string[] Rest = ["I3", "I9"];

    public async Task<(TimeSpan? RestAfter, Evidence Evidence, Verdict Verdict)> WaitAsync(Func<Statement> statement, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        var changed = TimeSpan.Zero;
        TimeSpan? rest = null;
        IReadOnlyList<Violation> last = [];
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            if (await TryGatherAsync(statement(), ct) is { } evidence)
            {
                var verdict = Checker.Check(evidence);
                if (!verdict.Broken.Any(Rest.Contains))
                    rest ??= waited.Elapsed;
                if (!verdict.Violations.SequenceEqual(last))
                {
                    (last, changed) = (verdict.Violations, waited.Elapsed);
                    if (!verdict.IsClean)
                        stage.Say($"not at rest: {string.Join(", ", verdict.Broken.Select(id => $"{verdict.Of(id)}x {id}"))}");
                }
                var isStuck = waited.Elapsed - changed > stage.Plan.StuckLimit || waited.Elapsed > stage.Plan.QuiesceLimit;
                if (isStuck || verdict.Violations.All(violation => evidence.Observed.Contains(violation)))
                    return (rest, evidence, rest is null ? NotAtRest(verdict, waited.Elapsed) : verdict);
            }
            else if (waited.Elapsed > stage.Plan.QuiesceLimit)
            {
                throw new DrillFailedException("The stores cannot be read after the drill.");
            }
            await timer.WaitForNextTickAsync(ct);
        }
    }

    private static Verdict NotAtRest(Verdict verdict, TimeSpan waited) => verdict with
    {
        Violations = [.. verdict.Violations, new(Stage.Bar, $"not at rest {waited.TotalSeconds:0} s after the load stopped")]
    };

    // A statement or a value that Postgres does not understand will not be understood later.
    private static bool IsOurMistake(Exception failure) => failure is PostgresException { SqlState: ['2', '2', ..] or ['4', '2', ..] };

    // A store that is just coming back is asked again.
    private async Task<Evidence?> TryGatherAsync(Statement statement, CancellationToken ct)
    {
        try
        {
            return await witness.GatherAsync(statement, ct);
        }
        catch (Exception outage) when ((outage is NpgsqlException && !IsOurMistake(outage)) || outage is HttpRequestException or IOException
            || (outage is OperationCanceledException && !ct.IsCancellationRequested))
        {
            stage.Say($"cannot look yet: {outage.Message}");
            return null;
        }
    }
}
