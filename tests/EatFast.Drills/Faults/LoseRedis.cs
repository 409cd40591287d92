using EatFast.Drills.People;
using EatFast.Drills.Running;
using EatFast.Drills.Target;
using EatFast.Load;

namespace EatFast.Drills.Faults;

/// <summary>D5: Redis is killed, stays away, and forgets everything. Orders and sign-ins go on, and no session comes back to
/// life.</summary>
internal sealed class LoseRedis : Drill
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(6);

    public override string Id => "D5";

    public override string Title => "Redis killed, away, and emptied";

    public override string Trials => "outages";

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var leaver = await stage.InviteAsync("customer", ct);
        var left = await leaver.PostAsync("/api/v1/auth/logout", new { refreshToken = leaver.RefreshToken }, null, ct);
        stage.Expect(left.IsSuccess, Stage.Bar, () => $"signing out was answered with {left.Status}");
        for (var round = 0; round < stage.Plan.StoreKills; round++)
        {
            await LoseAsync(stage, ct);
            await RedisAdmin.FlushAllAsync(stage.Product.Endpoints, ct);
            stage.Try();
            await ExpectSessionStaysEndedAsync(stage, leaver, ct);
        }
    }

    private static async Task LoseAsync(Stage stage, CancellationToken ct)
    {
        var restarts = stage.Product.Restarts("redis");
        var from = stage.Clock.GetUtcNow();
        stage.Try();
        var down = stage.Product.HoldDownAsync("redis", Away, ct);
        using var newcomer = await Person.RegisterAsync(stage.Product.Endpoints.Gateway, "customer", ct);
        var signedIn = stage.Clock.GetUtcNow();
        stage.Expect(!down.IsCompleted, Stage.Bar, () => $"signing up without Redis took {(signedIn - from).TotalSeconds:0.0} s");
        await down;
        stage.Recovered(await stage.Product.UntilBackAsync("redis", restarts, ct));
        var until = stage.Clock.GetUtcNow();
        var placed = stage.Load.Summarise(from, until).SingleOrDefault(call => call.Call == Calls.Place);
        var (asked, failed) = stage.Prober.Count(from, until, _ => true);
        stage.Say(
            $"Redis was away for {(until - from).TotalSeconds:0.0} s: {placed?.Count ?? 0} orders accepted, {placed?.Failed ?? 0} refused");
        stage.Notes.Add($"without Redis {placed?.Count ?? 0} orders were accepted and {asked - failed} of {asked} questions answered");
        stage.Expect(placed is { Count: > 0, Failed: 0 }, "I1", () => $"without Redis {placed?.Failed ?? 0} orders were refused");
        stage.Expect(failed <= asked * 0.01, Stage.Bar, () => $"without Redis {failed} of {asked} questions failed, more than 1 %");
    }

    private static async Task ExpectSessionStaysEndedAsync(Stage stage, Person leaver, CancellationToken ct)
    {
        var reply = await leaver.PostAsync("/api/v1/auth/refresh", new { refreshToken = leaver.RefreshToken }, null, ct);
        stage.Expect(reply.Status == 400, Stage.Bar,
            () => $"an ended session was answered with {reply.Status} after Redis forgot everything");
    }
}
