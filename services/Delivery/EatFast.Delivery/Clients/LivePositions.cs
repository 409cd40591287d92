using System.Globalization;
using System.Text.Json;
using EatFast.Delivery.Domain;
using StackExchange.Redis;

namespace EatFast.Delivery.Clients;

/// <summary>Where drivers are right now, in Redis for whoever watches; without Redis positions are merely not live.</summary>
internal sealed class LivePositions(IConnectionMultiplexer redis, ILogger<LivePositions> logger)
{
    public const string GeoSet = "delivery:drivers";
    public const string Channel = "delivery:location";
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    private sealed record Message(
        Guid DriverId, Guid? OrderId, double Latitude, double Longitude,
        double? Accuracy, double? Bearing, double? Speed, DateTimeOffset Timestamp);

    /// <summary>Fails at once instead of queueing while Redis is away: a position is worthless when it is late.</summary>
    public static void FailFast(ConfigurationOptions options)
    {
        options.ConnectTimeout = 1000;
        options.ConnectRetry = 1;
        options.AsyncTimeout = 500;
        options.SyncTimeout = 500;
        options.BacklogPolicy = BacklogPolicy.FailFast;
    }

    public static string KeyOf(Guid driverId) => string.Create(CultureInfo.InvariantCulture, $"delivery:driver:{driverId}");

    public Task ShowAsync(Guid driverId, Guid? orderId, Fix fix) => TolerateOutageAsync(async () =>
    {
        var message = new Message(
            driverId, orderId, fix.At.Latitude, fix.At.Longitude, fix.Accuracy, fix.Bearing, fix.Speed, fix.RecordedAt);
        var json = JsonSerializer.Serialize(message, JsonSerializerOptions.Web);
        var store = redis.GetDatabase();
        await store.GeoAddAsync(GeoSet, fix.At.Longitude, fix.At.Latitude, driverId.ToString());
        await store.StringSetAsync(KeyOf(driverId), json, Freshness);
        // Only an order's room listens, so a driver without an order is not broadcast.
        if (orderId is not null)
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(Channel), json);
    });

    public Task HideAsync(Guid driverId) => TolerateOutageAsync(async () =>
    {
        var store = redis.GetDatabase();
        await store.GeoRemoveAsync(GeoSet, driverId.ToString());
        await store.KeyDeleteAsync(KeyOf(driverId));
    });

    private async Task TolerateOutageAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RedisException outage)
        {
            logger.LogWarning("The position is not live: {Reason}", outage.GetType().Name);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("The position is not live: Redis does not answer");
        }
    }
}
