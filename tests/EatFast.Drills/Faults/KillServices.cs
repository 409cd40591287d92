using EatFast.Drills.People;
using EatFast.Drills.Running;

namespace EatFast.Drills.Faults;

/// <summary>D1: SIGKILL of every service and the gateway, one after the other in random order.</summary>
internal sealed class KillServices : Drill
{
    private static readonly TimeSpan AcceptsAgainWithin = TimeSpan.FromSeconds(10);
    private const double OthersMayFail = 0.01;

    public override string Id => "D1";

    public override string Title => "kill each service and the gateway";

    public override string Trials => "kills";

    // What is timed is one cold service among warm ones, not seven cold ones that share two cores.
    public override TimeSpan WarmUp => TimeSpan.FromSeconds(75);

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var (asked, failed) = (0, 0);
        for (var round = 0; round < stage.Plan.Kills; round++)
        {
            var victims = Prober.Areas.Append("gateway").ToArray();
            stage.Random.Shuffle(victims);
            foreach (var victim in victims)
            {
                var others = await KillAsync(stage, victim, ct);
                (asked, failed) = (asked + others.Asked, failed + others.Failed);
            }
        }
        stage.Notes.Add($"other services answered {asked - failed} of {asked} while one was dead");
        stage.Expect(
            failed <= asked * OthersMayFail, Stage.Bar, () =>
                $"services beside the dead one failed {failed} of {asked} times, more than 1 %");
    }

    private static async Task<(int Asked, int Failed)> KillAsync(Stage stage, string victim, CancellationToken ct)
    {
        var before = stage.Product.Restarts(victim);
        var killedAt = stage.Clock.GetUtcNow();
        stage.Product.Kill(victim);
        stage.Try();
        await stage.Product.UntilBackAsync(victim, before, ct);
        var area = victim == "gateway" ? "catalog" : victim;
        var restartedAt = stage.Clock.GetUtcNow();
        await Wait.UntilAsync(
            () => stage.Prober.HasAnswered(area, restartedAt), $"{victim} answers after its death", TimeSpan.FromSeconds(60), ct);
        var took = stage.Clock.GetUtcNow() - killedAt;
        stage.Recovered(took);
        stage.Say($"killed {victim}: accepting again after {took.TotalSeconds:0.0} s");
        stage.Expect(took <= AcceptsAgainWithin, Stage.Bar, () => $"{victim} accepted again only after {took.TotalSeconds:0.0} s");
        // Without its gateway nothing can be reached, so nothing is said about the others then.
        return victim == "gateway" ? (0, 0) : stage.Prober.Count(killedAt, restartedAt, other => other != victim);
    }
}
