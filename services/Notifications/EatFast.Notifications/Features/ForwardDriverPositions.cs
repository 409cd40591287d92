using System.Text.Json;
using EatFast.Notifications.Realtime;
using StackExchange.Redis;

namespace EatFast.Notifications.Features;

internal sealed record DriverPosition(
    Guid DriverId, Guid? OrderId, double Latitude, double Longitude, double? Accuracy, double? Bearing, double? Speed,
    JsonElement? Timestamp)
{
    public double Lat => Latitude;

    public double Lng => Longitude;
}

/// <summary>
/// Shows a driver moving to those who follow the order. Every replica hears Redis itself and passes on to its own connections only,
/// so each client hears a position once however many replicas run.
/// </summary>
internal sealed class ForwardDriverPositions(
    Broadcast broadcast, IConnectionMultiplexer redis, TimeProvider clock, ILogger<ForwardDriverPositions> logger) : BackgroundService
{
    private static readonly RedisChannel Positions = RedisChannel.Literal("delivery:location");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Broadcast.ListenAsync(redis, Positions, ForwardAsync, clock, logger, stoppingToken);

    private Task ForwardAsync(string text)
    {
        if (JsonSerializer.Deserialize<DriverPosition>(text, JsonSerializerOptions.Web) is not { } position)
            return Task.CompletedTask;
        var payload = JsonSerializer.SerializeToElement(position, JsonSerializerOptions.Web);
        string[] rooms = position.OrderId is { } orderId
            ? [Rooms.OfOrder(orderId), Rooms.OfUser(position.DriverId), Rooms.Admins]
            : [Rooms.OfUser(position.DriverId), Rooms.Admins];
        return broadcast.SendLocallyAsync(RealtimeEvents.DeliveryLocation, payload, rooms);
    }
}
