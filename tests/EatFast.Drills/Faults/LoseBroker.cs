using EatFast.Drills.Reading;
using EatFast.Drills.Running;
using EatFast.Load;

namespace EatFast.Drills.Faults;

/// <summary>D3: RabbitMQ is killed, and then stays away for a while. Orders go on: their events wait in the outboxes.</summary>
internal sealed class LoseBroker : Drill
{
    private static readonly TimeSpan LagNormalWithin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongerThanPublishing = TimeSpan.FromSeconds(13);
    private static readonly TimeSpan LastLeavesWithin = TimeSpan.FromSeconds(20);

    public override string Id => "D3";

    public override string Title => "RabbitMQ killed, then away for a while";

    public override string Trials => "outages";

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        for (var round = 0; round < stage.Plan.StoreKills; round++)
        {
            await LoseAsync(stage, TimeSpan.Zero, ct);
            await LoseAsync(stage, stage.Plan.Outage, ct);
        }
    }

    // The last event of a service in which nothing else happens any more: when it cannot leave at once, nobody's later event wakes the relay for it.
    public override async Task AftermathAsync(Stage stage, CancellationToken ct)
    {
        var restarts = stage.Product.Restarts("rabbitmq");
        var down = stage.Product.HoldDownAsync("rabbitmq", LongerThanPublishing, ct);
        var from = stage.Clock.GetUtcNow();
        await stage.InviteAsync("customer", ct);
        await down;
        await stage.Product.UntilBackAsync("rabbitmq", restarts, ct);
        var left = await Wait.TryAsync(
            async () => await stage.Rows.ScalarAsync<long>(
                $"SELECT count(*) FROM identity.outbox_messages WHERE sent_at IS NULL AND created_at >= '{from:O}'", ct) == 0,
            LastLeavesWithin, ct);
        stage.Say($"the last event left {(left is { } took ? $"{took.TotalSeconds:0.0} s after the return of RabbitMQ" : "not at all")}");
        stage.Expect(left is not null, "I9",
            () => $"the news of the last account waits for somebody else's {LastLeavesWithin.TotalSeconds:0} s after RabbitMQ came back");
    }

    private static async Task LoseAsync(Stage stage, TimeSpan away, CancellationToken ct)
    {
        var restarts = stage.Product.Restarts("rabbitmq");
        var from = stage.Clock.GetUtcNow();
        stage.Try();
        if (away > TimeSpan.Zero)
            await stage.Product.HoldDownAsync("rabbitmq", away, ct);
        else
            stage.Product.KillWhole("rabbitmq");
        await stage.Product.UntilBackAsync("rabbitmq", restarts, ct);
        var back = stage.Clock.GetUtcNow();
        var drained = await Wait.UntilAsync(
            async () => await OverdueAsync(stage, ct) == 0, "no event is older than a second again", TimeSpan.FromSeconds(90), ct);
        stage.Recovered(drained);
        stage.Say($"RabbitMQ was away for {(back - from).TotalSeconds:0.0} s, its backlog was gone {drained.TotalSeconds:0.0} s later");
        stage.Expect(drained <= LagNormalWithin, Stage.Bar, () => $"the outboxes' backlog took {drained.TotalSeconds:0} s");
        ExpectOrdersWentOn(stage, from, back);
    }

    private static void ExpectOrdersWentOn(Stage stage, DateTimeOffset from, DateTimeOffset back)
    {
        var placed = stage.Load.Summarise(from, back).SingleOrDefault(call => call.Call == Calls.Place);
        var seconds = (back - from).TotalSeconds;
        stage.Notes.Add($"{placed?.Count ?? 0} orders were accepted in {seconds:0} s without RabbitMQ, {placed?.Failed ?? 0} refused");
        stage.Expect(placed is { Count: > 0, Failed: 0 }, "I1", () =>
            $"without RabbitMQ {placed?.Count ?? 0} orders were accepted and {placed?.Failed ?? 0} refused");
    }

    private static async Task<long> OverdueAsync(Stage stage, CancellationToken ct) => await stage.Rows.ScalarAsync<long>(
        $"SELECT {string.Join(" + ", Mail.Services.Select(service =>
            $"(SELECT count(*) FROM {service}.outbox_messages WHERE sent_at IS NULL AND created_at < now() - interval '1 second')"))}", ct);
}
