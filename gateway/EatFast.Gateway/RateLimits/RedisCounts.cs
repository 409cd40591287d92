using StackExchange.Redis;

namespace EatFast.Gateway.RateLimits;

/// <summary>
/// The counts of all gateways together: per quota a list of the moments of admitted requests, so that no window of that length
/// ever holds more than the limit. One script, one round trip: either every quota admits the request or none counts it.
/// </summary>
internal sealed class RedisCounts(IConnectionMultiplexer redis)
{
    // Redis' own clock: gateways need not agree about the time.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local refused, limit, left, reset = 0, 0, 1e9, 0
        for i, key in ipairs(KEYS) do
          local most, window = tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
          redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
          local used = redis.call('ZCARD', key)
          local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
          local free = oldest[2] and (oldest[2] + window - now) or window
          if used >= most then
            if refused == 0 or free > reset then limit, left, reset = most, 0, free end
            refused = 1
          elseif refused == 0 and most - used - 1 < left then
            limit, left, reset = most, most - used - 1, free
          end
        end
        if refused == 0 then
          for i, key in ipairs(KEYS) do
            redis.call('ZADD', key, now, ARGV[1])
            redis.call('PEXPIRE', key, ARGV[i * 2 + 1])
          end
        end
        return {1 - refused, limit, left, math.ceil(reset)}
        """;

    /// <summary>Null when Redis does not answer.</summary>
    public async Task<Verdict?> TakeAsync(IReadOnlyList<Quota> quotas)
    {
        if (!redis.IsConnected)
            return null;
        var values = new RedisValue[1 + quotas.Count * 2];
        values[0] = Guid.NewGuid().ToString("N");
        for (var index = 0; index < quotas.Count; index++)
            (values[1 + index * 2], values[2 + index * 2]) = (quotas[index].Limit, (long)quotas[index].Window.TotalMilliseconds);
        try
        {
            var keys = quotas.Select(quota => (RedisKey)quota.Key).ToArray();
            var answer = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(Script, keys, values))!;
            return new Verdict(answer[0] == 1, (int)answer[1], (int)answer[2], TimeSpan.FromMilliseconds(answer[3]));
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Does not wait for a Redis that is away: the request would.</summary>
    public static void FailFast(ConfigurationOptions options)
    {
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 1000;
        options.AsyncTimeout = 500;
        options.SyncTimeout = 500;
    }
}
