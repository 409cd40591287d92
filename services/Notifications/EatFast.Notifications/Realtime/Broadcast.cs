using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace EatFast.Notifications.Realtime;

/// <summary>The names of the events that clients hear, as the contract has them.</summary>
internal static class RealtimeEvents
{
    public const string OrderCreated = "order:created";
    public const string OrderStatusUpdated = "order:status_updated";
    public const string DeliveryLocation = "delivery:location";
    public const string UserNotification = "user:notification";
    public const string NewOrder = "restaurant:new_order";
}

/// <summary>
/// Sends to everybody in the rooms: to this replica's connections directly, to the other replicas' through Redis.
/// Each replica serves only its own connections, so nobody hears twice, and without Redis the local ones still hear.
/// </summary>
internal sealed class Broadcast(
    IHubContext<RealtimeHub> hub, Rooms rooms, IConnectionMultiplexer redis, TimeProvider clock, ILogger<Broadcast> logger)
    : BackgroundService
{
    private static readonly RedisChannel Backplane = RedisChannel.Literal("realtime");
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);
    private readonly Guid _replica = Guid.NewGuid();

    private sealed record Relayed(Guid Replica, string Event, JsonElement Payload, string[] Rooms);

    public async Task SendAsync<TPayload>(string @event, TPayload payload, params string[] to)
    {
        var json = JsonSerializer.SerializeToElement(payload, JsonSerializerOptions.Web);
        var relayed = JsonSerializer.Serialize(new Relayed(_replica, @event, json, to), JsonSerializerOptions.Web);
        try
        {
            // Nobody waits for Redis: what is lost while it is away, clients read again over HTTP.
            await redis.GetSubscriber().PublishAsync(Backplane, relayed, CommandFlags.FireAndForget);
        }
        catch (RedisException unreachable)
        {
            logger.LogWarning("{Event} reached only this replica's clients: {Reason}", @event, unreachable.Message);
        }
        await SendLocallyAsync(@event, json, to);
    }

    /// <summary>Only to this replica's connections, for what every replica hears by itself.</summary>
    public Task SendLocallyAsync(string @event, JsonElement payload, params string[] to) =>
        rooms.Members(to) is { Count: > 0 } connections ? hub.Clients.Clients(connections).SendAsync(@event, payload) : Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => ListenAsync(redis, Backplane, async text =>
    {
        if (JsonSerializer.Deserialize<Relayed>(text, JsonSerializerOptions.Web) is { } relayed && relayed.Replica != _replica)
            await SendLocallyAsync(relayed.Event, relayed.Payload, relayed.Rooms);
    }, clock, logger, stoppingToken);

    /// <summary>Subscribes, if need be once Redis is there; after that the client library restores the subscription by itself.</summary>
    public static async Task ListenAsync(
        IConnectionMultiplexer redis, RedisChannel channel, Func<string, Task> hear, TimeProvider clock, ILogger logger,
        CancellationToken ct)
    {
        using var retry = new PeriodicTimer(RetryInterval, clock);
        do
        {
            try
            {
                var messages = await redis.GetSubscriber().SubscribeAsync(channel);
                await foreach (var message in messages.WithCancellation(ct))
                    await HearAsync(message, hear, logger);
            }
            catch (Exception unreachable) when (unreachable is RedisException or TimeoutException)
            {
                logger.LogWarning("{Channel} cannot be subscribed to yet: {Reason}", channel, unreachable.Message);
            }
        }
        while (await retry.WaitForNextTickAsync(ct));
    }

    private static async Task HearAsync(ChannelMessage message, Func<string, Task> hear, ILogger logger)
    {
        try
        {
            await hear(message.Message.ToString());
        }
        catch (JsonException unreadable)
        {
            logger.LogWarning("A message on {Channel} cannot be read: {Reason}", message.Channel, unreadable.Message);
        }
    }
}
