using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EatFast.Data;

/// <summary>
/// Where reads go that may be a little late: to a streaming replica, or to the primary while no replica is configured, in reach and
/// close behind it. Whoever has just written something reads the primary.
/// </summary>
public sealed class ReadReplica<TDb>(
    NpgsqlDataSource? replica, DbContextOptions<TDb>? options, TimeSpan mostLag, TimeProvider clock, ILogger<ReadReplica<TDb>> logger) : IAsyncDisposable
    where TDb : DbContext
{
    // A stream that has stopped looks complete by itself: somebody has to be sending, and what was sent has to be visible.
    private const string IsClose =
        """
        SELECT NOT pg_is_in_recovery() OR (EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL)
            AND (pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() OR now() - pg_last_xact_replay_timestamp() < $1))
        """;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _looking = new(1, 1);
    private long _lookAtTicks;
    private volatile bool _isClose;

    /// <summary>Reads, at the primary where the replica fails.</summary>
    /// <param name="scope">Gives the primary's context.</param>
    /// <param name="read">Must not write.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<T> ReadAsync<T>(IServiceProvider scope, Func<TDb, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        if (options is null || !await IsUsableAsync(ct))
            return await read(scope.GetRequiredService<TDb>(), ct);
        try
        {
            await using var db = ActivatorUtilities.CreateInstance<TDb>(scope, options);
            return await read(db, ct);
        }
        catch (Exception failure) when (failure is NpgsqlException or { InnerException: NpgsqlException })
        {
            _isClose = false;
            logger.LogWarning("The replica failed at a read, the primary answers: {Reason}", failure.Message);
            return await read(scope.GetRequiredService<TDb>(), ct);
        }
    }

    // One reader in a second looks, the others go by what it found.
    private async ValueTask<bool> IsUsableAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _lookAtTicks) || !await _looking.WaitAsync(0, ct))
            return _isClose;
        try
        {
            var isClose = await LookAsync(ct);
            if (isClose != _isClose)
                logger.LogWarning("Reads that may be late now go to the {Place}", isClose ? "replica" : "primary");
            _isClose = isClose;
            Interlocked.Exchange(ref _lookAtTicks, (clock.GetUtcNow() + LookEvery).UtcTicks);
            return isClose;
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task<bool> LookAsync(CancellationToken ct)
    {
        try
        {
            await using var look = replica!.CreateCommand(IsClose);
            look.CommandTimeout = 1;
            look.Parameters.Add(new() { Value = mostLag });
            return await look.ExecuteScalarAsync(ct) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _looking.Dispose();
        if (replica is not null)
            await replica.DisposeAsync();
    }
}

public static class ReadReplicas
{
    /// <summary>The replica at <c>Postgres:Replica</c> (host:port, with the service's own login), at most <c>Postgres:ReplicaLag</c> behind.</summary>
    public static void AddReadReplica<TDb>(this WebApplicationBuilder builder, string schema) where TDb : DbContext => builder.Services.AddSingleton(services =>
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var (clock, logger) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ReadReplica<TDb>>>());
        var mostLag = configuration.GetValue("Postgres:ReplicaLag", TimeSpan.FromSeconds(5));
        if (configuration["Postgres:Replica"] is not { Length: > 0 } address)
            return new ReadReplica<TDb>(null, null, mostLag, clock, logger);
        var source = NpgsqlDataSource.Create(AtReplica(configuration.RequireConnectionString(Postgres.ConnectionName), address));
        var options = new DbContextOptionsBuilder<TDb>();
        options.UseNpgsql(source).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).UseSchema(schema);
        return new ReadReplica<TDb>(source, options.Options, mostLag, clock, logger);
    });

    private static string AtReplica(string primary, string address) => address.Split(':') is [var host, var port] && int.TryParse(port, out var number)
        ? new NpgsqlConnectionStringBuilder(primary) { Host = host, Port = number }.ConnectionString
        : throw new InvalidOperationException($"Postgres:Replica is '{address}': give it as host:port.");
}
