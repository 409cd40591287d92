using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EatFast.Drills.Checking;

namespace EatFast.Drills.Target;

/// <summary>RabbitMQ through its management plugin: what it says about queues and bindings, and messages put in from outside.</summary>
internal sealed class Broker : IDisposable
{
    private const string Root = "/api";
    private static readonly string[] ReasonHeaders = ["MT-Fault-Message", "MT-Reason", "reason", "dead-reason", "x-first-death-reason"];
    private readonly HttpClient _http;

    public Broker(Endpoints endpoints)
    {
        var credentials = Uri.UnescapeDataString(endpoints.Rabbitmq.UserInfo);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = endpoints.RabbitmqManagement,
            Timeout = TimeSpan.FromSeconds(10),
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)))
            }
        };
    }

    public async Task<IReadOnlyList<QueueRow>> QueuesAsync(CancellationToken ct)
    {
        var queues = await _http.GetFromJsonAsync<JsonArray>($"{Root}/queues/%2F", ct);
        return [.. queues!.Select(queue => new QueueRow((string)queue!["name"]!, (long?)queue["messages"] ?? 0))];
    }

    /// <summary>Which queues an event type reaches: an exchange per type, bound to an exchange per queue.</summary>
    public async Task<IReadOnlyList<Subscription>> SubscriptionsAsync(CancellationToken ct)
    {
        var bindings = (await _http.GetFromJsonAsync<JsonArray>($"{Root}/bindings/%2F", ct))!
            .Select(binding => (
                From: (string)binding!["source"]!, To: (string)binding["destination"]!, Kind: (string)binding["destination_type"]!))
            .Where(binding => binding.From.Length > 0)
            .ToList();
        var queues = bindings.Where(binding => binding.Kind == "queue").ToLookup(binding => binding.From, binding => binding.To);
        return
        [
            .. from binding in bindings
               where binding.Kind == "exchange" && binding.From.Contains(".Contracts:", StringComparison.Ordinal)
               from queue in queues[binding.To]
               select new Subscription(binding.From.Replace(':', '.'), queue)
        ];
    }

    /// <summary>Through the default exchange straight into a queue, with whatever headers and body the sender likes.</summary>
    public async Task PublishAsync(string exchange, string routingKey, JsonObject properties, byte[] body, CancellationToken ct)
    {
        var request = new JsonObject
        {
            ["properties"] = properties,
            ["routing_key"] = routingKey,
            ["payload"] = Convert.ToBase64String(body),
            ["payload_encoding"] = "base64"
        };
        var name = exchange.Length == 0 ? "amq.default" : Uri.EscapeDataString(exchange);
        using var answer = await _http.PostAsync($"{Root}/exchanges/%2F/{name}/publish", JsonContent.Create(request), ct);
        answer.EnsureSuccessStatusCode();
        if ((await answer.Content.ReadFromJsonAsync<JsonNode>(ct))!["routed"]?.GetValue<bool>() != true)
            throw new Running.DrillFailedException($"Nothing is bound to {exchange} {routingKey}: the poison reached nobody.");
    }

    /// <summary>Every message in the queues where what cannot be handled is put aside; they stay there.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(CancellationToken ct)
    {
        var letters = new List<DeadLetter>();
        foreach (var queue in (await QueuesAsync(ct)).Where(queue => IsAside(queue.Name)))
        {
            var ask = new { count = 5_000, ackmode = "ack_requeue_true", encoding = "auto", truncate = 20_000 };
            using var answer = await _http.PostAsJsonAsync($"{Root}/queues/%2F/{Uri.EscapeDataString(queue.Name)}/get", ask, ct);
            answer.EnsureSuccessStatusCode();
            foreach (var message in (await answer.Content.ReadFromJsonAsync<JsonArray>(ct))!)
                letters.Add(LetterOf(queue.Name, message!));
        }
        return letters;
    }

    /// <summary>Forgets what was put aside, so that the next drill begins with nothing.</summary>
    public async Task ForgetDeadLettersAsync(CancellationToken ct)
    {
        foreach (var queue in (await QueuesAsync(ct)).Where(queue => IsAside(queue.Name)))
            using (var answer = await _http.DeleteAsync($"{Root}/queues/%2F/{Uri.EscapeDataString(queue.Name)}/contents", ct))
                answer.EnsureSuccessStatusCode();
    }

    private static bool IsAside(string queue) =>
        queue.EndsWith("_dead", StringComparison.Ordinal) || queue.EndsWith("_error", StringComparison.Ordinal)
        || queue.EndsWith("_skipped", StringComparison.Ordinal);

    private static DeadLetter LetterOf(string queue, JsonNode message)
    {
        var properties = message["properties"] as JsonObject;
        var headers = properties?["headers"] as JsonObject;
        var id = (string?)properties?["message_id"] ?? (string?)headers?["MT-MessageId"];
        var reason = ReasonHeaders.Select(name => headers?[name]?.ToString()).FirstOrDefault(text => !string.IsNullOrEmpty(text));
        return new(queue, Guid.TryParse(id, out var known) ? known : null, reason) { Body = (string?)message["payload"] ?? "" };
    }

    public void Dispose() => _http.Dispose();
}
