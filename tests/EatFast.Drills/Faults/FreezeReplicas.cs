using EatFast.Drills.Running;
using EatFast.Drills.Target;

namespace EatFast.Drills.Faults;

/// <summary>D9: a second relay and consumer is frozen in the middle of its work, until its lease is over and its messages went to
/// the first; then it goes on as if nothing had happened.</summary>
internal sealed class FreezeReplicas : Drill
{
    private static readonly string[] Services = ["ordering", "payments"];
    private static readonly TimeSpan LongerThanLease = TimeSpan.FromSeconds(34);
    private static readonly TimeSpan PublishesHang = TimeSpan.FromSeconds(3);

    public override string Id => "D9";

    public override string Title => "a relay and consumer frozen past its lease";

    public override string Trials => "freezes";

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var replicas = new List<Replica>();
        try
        {
            foreach (var service in Services)
                replicas.Add(await Replica.StartAsync(stage.Product, service, ct));
            for (var round = 0; round < stage.Plan.Freezes; round++)
                await FreezeAsync(stage, replicas, ct);
        }
        finally
        {
            foreach (var replica in replicas)
                await replica.DisposeAsync();
        }
    }

    private static async Task FreezeAsync(Stage stage, List<Replica> replicas, CancellationToken ct)
    {
        // A frozen broker confirms nothing, so both relays of a service hold claims when one of them is frozen as well.
        stage.Product.Signal("rabbitmq", Processes.Stop);
        await Wait.PassAsync(PublishesHang, ct);
        var held = await ClaimsAsync(stage, ct);
        replicas.ForEach(replica => replica.Stop());
        stage.Product.Signal("rabbitmq", Processes.Continue);
        stage.Try(replicas.Count);
        stage.Say($"{string.Join(" and ", Services)}: second process frozen, {held} events claimed");
        await Wait.PassAsync(LongerThanLease, ct);

        var before = await SentAsync(stage, ct);
        replicas.ForEach(replica => replica.Continue());
        await Wait.PassAsync(PublishesHang, ct);
        var after = await SentAsync(stage, ct);
        var rewritten = before.Where(sent => after.GetValueOrDefault(sent.Key, sent.Value) != sent.Value).ToList();
        stage.Notes.Add(
            $"{held} events were claimed when the freeze began, {before.Count} had left when it ended, {rewritten.Count} were rewritten");
        stage.Expect(held > 0, Stage.Bar, () => "no event was claimed when the freeze began, so nothing was tried");
        foreach (var row in rewritten)
            stage.Expect(false, "I8",
                () => $"event {row.Key} was rewritten by a relay whose lease was over: {row.Value} became {after[row.Key]}");
    }

    private static Task<long> ClaimsAsync(Stage stage, CancellationToken ct) => stage.Rows.ScalarAsync<long>(
        $"SELECT {string.Join(" + ", Services.Select(service =>
            $"(SELECT count(*) FROM {service}.outbox_messages WHERE sent_at IS NULL AND lease_until > now())"))}", ct);

    private static async Task<Dictionary<Guid, string>> SentAsync(Stage stage, CancellationToken ct)
    {
        var sent = new Dictionary<Guid, string>();
        foreach (var service in Services)
            foreach (var (id, state) in await stage.Rows.ReadAsync(
                $"""
                SELECT id, concat_ws(' ', sent_at, lease_until, deliver_at, attempts, fence, last_error)
                FROM {service}.outbox_messages WHERE sent_at IS NOT NULL
                """,
                row => (row.GetGuid(0), row.GetString(1)), null, ct))
                sent[id] = state;
        return sent;
    }
}
