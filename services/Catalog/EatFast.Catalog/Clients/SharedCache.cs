using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace EatFast.Catalog.Clients;

/// <summary>The cache that all replicas share, in Redis; without Redis it forgets everything and costs a reader at most the patience below.</summary>
internal sealed class SharedCache(IConnectionMultiplexer redis, TimeProvider clock, ILogger<SharedCache> logger) : IDistributedCache
{
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromSeconds(60);
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

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        if (IsResting)
            return null;
        var found = RedisValue.Null;
        await TryAsync(async answers => found = await answers.StringGetAsync(KeyOf(key)));
        return found;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => IsResting
        ? Task.CompletedTask
        : TryAsync(answers => answers.StringSetAsync(KeyOf(key), value, options.AbsoluteExpirationRelativeToNow ?? UsualLifetime));

    public Task RemoveAsync(string key, CancellationToken token = default) => TryAsync(answers => answers.KeyDeleteAsync(KeyOf(key)));

    // Lifetimes are absolute, so there is nothing to prolong.
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public void Refresh(string key)
    {
    }

    public byte[]? Get(string key) => redis.GetDatabase().StringGet(KeyOf(key));

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        redis.GetDatabase().StringSet(KeyOf(key), value, options.AbsoluteExpirationRelativeToNow ?? UsualLifetime);

    public void Remove(string key) => redis.GetDatabase().KeyDelete(KeyOf(key));

    // After a failure readers leave the cache alone for a moment, so that a dead Redis does not slow every one of them.
    private bool IsResting => clock.GetTimestamp() < Interlocked.Read(ref _restUntil);

    private static RedisKey KeyOf(string key) => $"catalog:{key}";

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
        logger.LogWarning("The catalog is read without the cache for {Recovery}: {Reason}", Recovery, reason);
    }
}
