using System.Text;
using System.Text.Json.Nodes;
using EatFast.Drills.Checking;
using EatFast.Drills.Running;

namespace EatFast.Drills.Faults;

/// <summary>D10: messages that nobody can read arrive in the consumers' queues, between good ones.</summary>
internal sealed class SendPoison : Drill
{
    private const int Oversize = 3 * 1024 * 1024;
    private const double MayBeSlower = 2;
    private const double NoiseMs = 100;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(6);

    public override string Id => "D10";

    public override string Title => "poison: malformed, unknown, from the future, oversize";

    public override string Trials => "bad messages";

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var subscriptions = await stage.Broker.SubscriptionsAsync(ct);
        var consumers = subscriptions.GroupBy(one => one.Queue).Select(group => group.First())
            .Where(one => !one.Queue.Contains("realtime", StringComparison.Ordinal)).OrderBy(one => one.Queue).ToList();
        var began = stage.Clock.GetUtcNow();
        for (var round = 0; round < stage.Plan.Poisons; round++)
            foreach (var consumer in consumers)
                await PoisonAsync(stage, consumer, ct);
        stage.Notes.Add($"{stage.Poisons.Count} bad messages went to {consumers.Count} queues");
        await Wait.PassAsync(Watched, ct);
        var until = stage.Clock.GetUtcNow();
        var (before, during) = (stage.Load.SummariseAll(null, began), stage.Load.SummariseAll(began, until));
        stage.Expect(
            during.P99Ms <= before.P99Ms * MayBeSlower + NoiseMs, Stage.Bar,
            () => $"calls beside the poison took p99 {during.P99Ms:0} ms instead of {before.P99Ms:0} ms");
    }

    private static async Task PoisonAsync(Stage stage, Subscription consumer, CancellationToken ct)
    {
        var urn = $"urn:message:{consumer.Type[..consumer.Type.LastIndexOf('.')]}:{consumer.Type[(consumer.Type.LastIndexOf('.') + 1)..]}";
        var wrongShape = new JsonObject
        {
            ["orderId"] = new JsonObject { ["value"] = "later" },
            ["version"] = "two",
            ["userId"] = new JsonArray(1)
        };
        await SendAsync(stage, consumer.Queue, "malformed", id => Encoding.UTF8.GetBytes($"{{\"messageId\":\"{id}\",\"message\":{{"), ct);
        await SendAsync(stage, consumer.Queue, "of an unknown type",
            id => Envelope(id, "urn:message:EatFast.Ordering.Contracts:OrderTeleported", []), ct);
        await SendAsync(stage, consumer.Queue, "of a future version", id => Envelope(id, urn, wrongShape), ct);
        await SendAsync(stage, consumer.Queue, "oversize", _ => Encoding.UTF8.GetBytes(new string('x', Oversize)), ct);
    }

    private static async Task SendAsync(Stage stage, string queue, string kind, Func<Guid, byte[]> body, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(stage.Clock.GetUtcNow());
        var properties = new JsonObject
        {
            ["message_id"] = id.ToString(),
            ["content_type"] = "application/vnd.masstransit+json",
            ["delivery_mode"] = 2
        };
        await stage.Broker.PublishAsync("", queue, properties, body(id), ct);
        stage.Poisoned(new(id, queue, kind));
        stage.Try();
    }

    private static byte[] Envelope(Guid id, string type, JsonObject message) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["messageId"] = id.ToString(),
        ["messageType"] = new JsonArray(type),
        ["message"] = message.DeepClone(),
        ["headers"] = new JsonObject()
    }.ToJsonString());
}
