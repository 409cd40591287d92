namespace EatFast.LocalEngine.Running;

/// <summary>Redis with an append-only file; the password is in its configuration file, because a command line is visible to
/// everyone.</summary>
internal sealed class RunnableRedis(RedisResource redis, StateDirectory state, Programs programs)
    : RunnableStore(redis, state, programs, "redis")
{
    public override IEnumerable<string> Urls => [$"localhost:{redis.PrimaryEndpoint.Port}"];

    public override void Check() => _ = Programs.RedisServer;

    public override async Task<Launch> PrepareAsync(CancellationToken ct)
    {
        CreateFolder("data");
        WriteFile("redis.conf",
            $"""
            bind 127.0.0.1 -::1
            port {redis.PrimaryEndpoint.Port}
            dir {Path.Combine(Folder, "data")}
            appendonly yes
            requirepass {await redis.PasswordParameter.GetValueAsync(ct)}

            """);
        await HandOverFolderAsync(ct);
        return new Launch(Programs.RedisServer, [Path.Combine(Folder, "redis.conf")], Folder) { User = User, Folder = Folder };
    }

    public override async Task<string?> ProbeAsync(CancellationToken ct)
    {
        var answer = await AskAsync(redis.PrimaryEndpoint.Port, $"AUTH {await redis.PasswordParameter.GetValueAsync(ct)}\r\nPING\r\n", ct);
        return answer.StartsWith("+OK\r\n+PONG", StringComparison.Ordinal) ? null : $"PING is answered with '{answer.Trim()}'";
    }
}
