using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;

namespace EatFast.Tour;

/// <summary>A person's live connection: shows every event as it comes and keeps it for the summary.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly string[] Names =
        ["order:created", "order:status_updated", "delivery:location", "user:notification", "restaurant:new_order"];

    private readonly List<(string Name, JsonNode Payload)> _heard = [];
    private readonly HubConnection _hub;
    private readonly Printer _printer;
    private string? _orderId;

    public Listener(Uri gateway, Person person, Printer printer)
    {
        (Person, _printer) = (person, printer);
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(gateway, "/hubs/realtime"), hub => hub.AccessTokenProvider = () => Task.FromResult<string?>(person.Token))
            .WithAutomaticReconnect(new HalfASecond())
            .Build();
        foreach (var name in Names)
            _hub.On<JsonNode>(name, payload => Keep(name, payload));
        _hub.Reconnecting += _ => LoseAsync();
        _hub.Reconnected += _ => ReturnAsync();
    }

    public Person Person { get; }

    /// <summary>Live events are not kept for those who are away; what was missed meanwhile is no fault.</summary>
    public bool WasAway { get; private set; }

    public int Count
    {
        get
        {
            lock (_heard)
                return _heard.Count;
        }
    }

    public async Task StartAsync()
    {
        var connected = await Patience.TryAsync(Patience.ForOutages, async () =>
        {
            try
            {
                await _hub.StartAsync();
                return _hub;
            }
            catch (HttpRequestException)
            {
                _printer.Again("the live connection was refused, again");
                return null;
            }
        });
        if (connected is null)
            throw new TourFailedException($"No live connection at /hubs/realtime for the {Person.Role}.");
    }

    public Task FollowAsync(string orderId)
    {
        _orderId = orderId;
        return SubscribeAsync();
    }

    public bool HasHeard(string name, Func<JsonNode, bool>? which = null)
    {
        lock (_heard)
            return _heard.Exists(heard => heard.Name == name && (which is null || which(heard.Payload)));
    }

    private Task LoseAsync()
    {
        WasAway = true;
        _printer.Again($"the {Person.Role}'s live connection is lost, connecting again");
        return Task.CompletedTask;
    }

    private Task ReturnAsync()
    {
        _printer.Again($"the {Person.Role}'s live connection is back");
        return SubscribeAsync();
    }

    private Task SubscribeAsync() => _orderId is null ? Task.CompletedTask : _hub.InvokeAsync("SubscribeOrder", _orderId);

    private void Keep(string name, JsonNode payload)
    {
        lock (_heard)
            _heard.Add((name, payload));
        _printer.Event(Person.Role, name, payload);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private sealed class HalfASecond : IRetryPolicy
    {
        public TimeSpan? NextRetryDelay(RetryContext retryContext) => TimeSpan.FromMilliseconds(500);
    }
}
