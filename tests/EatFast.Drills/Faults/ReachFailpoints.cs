using System.Collections.Concurrent;
using EatFast.Drills.Running;
using EatFast.Load;

namespace EatFast.Drills.Faults;

/// <summary>D2: a process kills itself exactly at a durable boundary, before or after what it was about to store.</summary>
internal sealed class ReachFailpoints(Func<string, bool>? chosen = null) : Drill
{
    private static readonly TimeSpan HitWithin = TimeSpan.FromSeconds(40);
    private readonly Func<string, bool> _chosen = chosen ?? (_ => true);

    public override string Id => "D2";

    public override string Title => "processes die at every durable boundary";

    public override string Trials => "deaths";

    // Refunds and cancelled orders reach the points that others do not.
    public override LoadOptions Shape(LoadOptions load) =>
        load with { Mix = load.Mix with { Rejected = 0.15, Cancelled = 0.05, Cash = 0.2 } };

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var places = Failpoints.Places(everywhere: stage.Plan.HitsPerFailpoint > 1).Where(place => _chosen(place.Name)).ToList();
        var missed = new ConcurrentBag<FailpointAt>();
        // A process dies at one point at a time, different processes beside each other.
        await Task.WhenAll(places.GroupBy(place => place.Service).Select(async lane =>
        {
            foreach (var place in lane)
                for (var time = 0; time < stage.Plan.HitsPerFailpoint; time++)
                    if (!await DieAsync(stage, place, ct))
                        missed.Add(place);
        }));
        if (_chosen(Failpoints.MidMigration))
            await MidMigrationAsync(stage, missed, ct);

        var reached = stage.Product.Box.Hits().Select(hit => hit.Failpoint).ToHashSet();
        var wanted = Failpoints.Names.Where(_chosen).ToList();
        stage.Notes.Add($"failpoints reached: {wanted.Count(reached.Contains)} of {wanted.Count}"
            + string.Concat(wanted.Where(name => !reached.Contains(name)).Select(name => $"; not {name}")));
        foreach (var place in missed.Distinct())
            stage.Expect(false, Stage.Bar, () => $"{place.Service} did not reach {place.Name} within {HitWithin.TotalSeconds:0} s");
    }

    private static async Task<bool> DieAsync(Stage stage, FailpointAt place, CancellationToken ct)
    {
        var before = stage.Product.Restarts(place.Service);
        stage.Product.Box.Arm(place.Service, place.Name);
        var hit = await Wait.TryAsync(() => Task.FromResult(!stage.Product.Box.IsArmed(place.Service, place.Name)), HitWithin, ct);
        if (hit is null)
        {
            stage.Product.Box.Disarm(place.Service, place.Name);
            return false;
        }
        lock (stage)
            stage.Try();
        stage.Say($"{place.Service} died at {place.Name}");
        await stage.Product.UntilBackAsync(place.Service, before, ct);
        return true;
    }

    // The schema is made anew in a database of its own: dying there and migrating again has to end in the same tables.
    private static async Task MidMigrationAsync(Stage stage, ConcurrentBag<FailpointAt> missed, CancellationToken ct)
    {
        foreach (var service in new[] { "ordering", "payments" })
        {
            stage.Product.Box.Arm(service, Failpoints.MidMigration);
            var first = await MigrationRun.RunAsync(stage, service, ct);
            var isHit = !stage.Product.Box.IsArmed(service, Failpoints.MidMigration);
            stage.Product.Box.Disarm(service, Failpoints.MidMigration);
            if (!isHit)
                missed.Add(new(service, Failpoints.MidMigration));
            else
                stage.Try();
            var second = await MigrationRun.RunAsync(stage, service, ct);
            stage.Say($"{service} --migrate ended with {first}, and with {second} when it was repeated");
            stage.Expect(second == 0, Stage.Bar, () => $"{service} --migrate ends with {second} after dying in the middle");
            await MigrationRun.ForgetAsync(stage, service, ct);
        }
    }
}
