using EatFast.Drills.Running;

namespace EatFast.Drills.Faults;

/// <summary>All drills in the order in which they run; the numbering has gaps where a drill is not made yet.</summary>
internal static class Catalogue
{
    // Those that end services come last: a service that has just started is slow for a minute, and so are those beside it.
    public static IReadOnlyList<Drill> All() =>
    [
        new LoseBroker(), new LosePostgres(), new LoseRedis(), new DisturbMessages(), new TroubleProvider(), new SendPoison(),
        new ExhaustPools(), new RunRaces(), new KillServices(), new FreezeReplicas(), new ReachFailpoints()
    ];

    public static IReadOnlyList<Drill> Named(IReadOnlyCollection<string> names) => names.Count == 0 || names.Contains("all")
        ? All()
        : [.. All().Where(drill => names.Contains(drill.Id, StringComparer.OrdinalIgnoreCase))];
}
