using System.Collections.Concurrent;
using System.Text.Json;
using EatFast.Notifications.Data;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace EatFast.Notifications.Tests;

/// <summary>A real SignalR client that keeps what it hears.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly string[] Events =
        ["order:created", "order:status_updated", "delivery:location", "user:notification", "restaurant:new_order"];
    private readonly ConcurrentQueue<(string Event, JsonElement Payload)> _heard = new();

    private Listener(HubConnection connection)
    {
        Connection = connection;
        foreach (var name in Events)
            connection.On<JsonElement>(name, payload => _heard.Enqueue((name, payload)));
    }

    public HubConnection Connection { get; }

    public IReadOnlyList<JsonElement> Heard(string name) => [.. _heard.Where(heard => heard.Event == name).Select(heard => heard.Payload)];

    public static async Task<Listener> OpenAsync(
        NotificationsSystem system, Guid userId, string role = Roles.Customer, HostedService<NotificationsDbContext>? replica = null)
    {
        var server = (replica ?? system.Service).Server;
        var token = system.Tokens.For(userId, role, system.Clock.GetUtcNow());
        var connection = new HubConnectionBuilder().WithUrl("http://notifications/hubs/realtime", options =>
        {
            options.AccessTokenProvider = () => Task.FromResult<string?>(token);
            options.HttpMessageHandlerFactory = _ => server.CreateHandler();
            options.Transports = HttpTransportType.WebSockets;
            options.WebSocketFactory = async (context, ct) => await server.CreateWebSocketClient()
                .ConnectAsync(new Uri($"{context.Uri}&access_token={token}"), ct);
        }).Build();
        var listener = new Listener(connection);
        await connection.StartAsync(NotificationsSystem.Ct);
        return listener;
    }

    public Task<JsonElement> CallAsync(string method, params object?[] arguments) =>
        Connection.InvokeCoreAsync<JsonElement>(method, arguments, NotificationsSystem.Ct);

    public async Task<JsonElement> HearAsync(string name, Func<JsonElement, bool>? match = null)
    {
        match ??= _ => true;
        await Eventually.AsTrue(() => Heard(name).Any(match), $"{name} was heard");
        return Heard(name).First(match);
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
