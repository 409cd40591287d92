using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;

namespace EatFast.Journeys;

/// <summary>Someone with a phone in hand: calls the gateway, repeats a call that met an outage, and hears the socket.</summary>
public sealed class Person : IAsyncDisposable
{
    public const string DemoPassword = "EatFast-Demo-2026";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Events = ["order:created", "order:status_updated", "delivery:location", "user:notification", "restaurant:new_order"];
    private readonly HttpClient _http;
    private readonly RunningSystem _system;
    private HubConnection? _hub;

    private Person(RunningSystem system) => (_system, _http) = (system, new HttpClient { BaseAddress = system.Gateway });

    public List<(string Name, JsonNode Payload)> Heard { get; } = [];

    public JsonNode Account { get; private set; } = null!;

    public HttpClient Http => _http;

    public string Phone => (string)Account["user"]!["phone"]!;

    public static async Task<Person> RegisterAsync(RunningSystem system)
    {
        var person = new Person(system);
        var mark = Random.Shared.NextInt64(1_000_000, 9_999_999);
        person.Account = await person.SendAsync(HttpMethod.Post, "/api/v1/auth/register", new
        {
            firstName = "Awa",
            lastName = "Mbarga",
            email = $"awa{mark}@example.cm",
            password = "Ndole-2026-ok",
            phone = $"+23767{mark}",
            role = "customer",
            city = "douala",
            language = "fr"
        });
        return person.Authorised();
    }

    public static async Task<Person> SignInAsync(RunningSystem system, string email)
    {
        var person = new Person(system);
        person.Account = await person.SendAsync(HttpMethod.Post, "/api/v1/auth/login", new { email, password = DemoPassword });
        return person.Authorised();
    }

    /// <summary>Nobody with an account, by a session of their own.</summary>
    public static async Task<Person> GuestAsync(RunningSystem system)
    {
        var person = new Person(system);
        person.Account = await person.SendAsync(HttpMethod.Post, "/api/v1/guest/session");
        person._http.DefaultRequestHeaders.Add("X-Guest-Session", (string)person.Account["sessionId"]!);
        return person;
    }

    public async Task ListenAsync(Guid? orderId = null)
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(_system.Gateway, "/hubs/realtime"), options => options.AccessTokenProvider = () => Task.FromResult((string?)Account["accessToken"]))
            .WithAutomaticReconnect(new Persistent())
            .Build();
        foreach (var name in Events)
            _hub.On<JsonNode>(name, payload =>
            {
                lock (Heard)
                    Heard.Add((name, payload));
            });
        await _hub.StartAsync();
        if (orderId is { } id)
            await _hub.InvokeAsync("SubscribeOrder", id);
    }

    public bool HasHeard(string name, Func<JsonNode, bool>? which = null)
    {
        lock (Heard)
            return Heard.Exists(heard => heard.Name == name && (which is null || which(heard.Payload)));
    }

    public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<JsonNode> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonNode> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    /// <summary>The answer's data; an outage is met with the same call and the same key, as a good client does.</summary>
    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body = null)
    {
        var key = Guid.NewGuid().ToString();
        using var limit = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Headers = { { "Idempotency-Key", key } }, Content = body is null ? null : JsonContent.Create(body) };
                using var response = await _http.SendAsync(request, limit.Token);
                var text = await response.Content.ReadAsStringAsync(limit.Token);
                if (response.IsSuccessStatusCode)
                    return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!["data"]!;
                if ((int)response.StatusCode is not (502 or 503 or 504))
                    throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
            }
            catch (HttpRequestException) when (!limit.IsCancellationRequested)
            {
                // The gateway is away: that is what the loop is for.
            }
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    private Person Authorised()
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)Account["accessToken"]!);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_hub is not null)
            await _hub.DisposeAsync();
    }

    private sealed class Persistent : IRetryPolicy
    {
        public TimeSpan? NextRetryDelay(RetryContext retryContext) => TimeSpan.FromMilliseconds(500);
    }
}
