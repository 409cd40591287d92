using EatFast.Drills.Running;

namespace EatFast.Drills.Faults;

/// <summary>All drills in the order in which they run; the numbering has gaps where a drill is not made yet.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Drill> All() =>
    [
        new KillServices(), new ReachFailpoints(), new LoseBroker(), new LosePostgres(), new LoseRedis(), new DisturbMessages(),
        new TroubleProvider(), new FreezeReplicas(), new SendPoison(), new ExhaustPools(), new RunRaces()
    ];

    public static IReadOnlyList<Drill> Named(IReadOnlyCollection<string> names) => names.Count == 0 || names.Contains("all")
        ? All()
        : [.. All().Where(drill => names.Contains(drill.Id, StringComparer.OrdinalIgnoreCase))];
}
