using System.Text.Json;
using StackExchange.Redis;

namespace EatFast.Catalog.Clients;

/// <summary>Menus in Redis for a minute; without Redis it forgets everything and costs a reader at most the patience below.</summary>
internal sealed class MenuCache(IConnectionMultiplexer redis, TimeProvider clock, ILogger<MenuCache> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);
    private long _restUntil;

    /// <summary>A lost connection fails at once instead of queueing commands.</summary>
    public static void FailFast(ConfigurationOptions options)
    {
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 1000;
        options.ConnectRetry = 1;
    }

    public async Task<MenuView?> FindAsync(Guid restaurantId)
    {
        if (IsResting)
            return null;
        var found = RedisValue.Null;
        await TryAsync(async menus => found = await menus.StringGetAsync(KeyOf(restaurantId)));
        return found.IsNull
            ? null
            : new MenuView(restaurantId, JsonSerializer.Deserialize<List<CategoryView>>((byte[])found!, JsonSerializerOptions.Web)!);
    }

    public Task KeepAsync(MenuView menu) => IsResting ? Task.CompletedTask : TryAsync(menus => menus.StringSetAsync(
        KeyOf(menu.RestaurantId), JsonSerializer.SerializeToUtf8Bytes(menu.Categories, JsonSerializerOptions.Web), Lifetime));

    public Task DropAsync(Guid restaurantId) => TryAsync(menus => menus.KeyDeleteAsync(KeyOf(restaurantId)));

    // After a failure readers leave the cache alone for a moment, so that a dead Redis does not slow every one of them.
    private bool IsResting => clock.GetTimestamp() < Interlocked.Read(ref _restUntil);

    private static RedisKey KeyOf(Guid restaurantId) => $"catalog:menu:{restaurantId}";

    private async Task TryAsync(Func<IDatabase, Task> command)
    {
        try
        {
            await command(redis.GetDatabase()).WaitAsync(Patience, clock);
        }
        catch (RedisException exception)
        {
            Rest(exception.Message);
        }
        catch (TimeoutException exception)
        {
            Rest(exception.Message);
        }
    }

    private void Rest(string reason)
    {
        Interlocked.Exchange(ref _restUntil, clock.GetTimestamp() + (long)(Recovery.TotalSeconds * clock.TimestampFrequency));
        logger.LogWarning("Menus are read without the cache for {Recovery}: {Reason}", Recovery, reason);
    }
}
