using EatFast.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EatFast.Messaging;

/// <summary>
/// How relays in other processes are called, by LISTEN and NOTIFY. Only a hint: what is called while nobody listens, the poll finds.
/// A save does not ring, since that would make all commits wait for each other; a relay does that has more to do than one batch.
/// </summary>
internal sealed class OutboxBell<TDb>(
    OutboxTable<TDb> table, OutboxSignal signal, TimeProvider clock, IConfiguration configuration, ILogger<OutboxBell<TDb>> logger)
    : BackgroundService where TDb : DbContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(configuration.RequireConnectionString(Postgres.ConnectionName)) { MaxPoolSize = 2, KeepAlive = 10 });

    public override void Dispose()
    {
        base.Dispose();
        _source.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ForeverAsync(ListenAsync, stoppingToken), ForeverAsync(RingAsync, stoppingToken));

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN \"{table.Name}\"", connection))
            await listen.ExecuteNonQueryAsync(ct);
        // Somebody may have called before.
        while (true)
        {
            signal.Wake();
            await connection.WaitAsync(ct);
        }
    }

    private async Task RingAsync(CancellationToken ct)
    {
        while (true)
        {
            await signal.BacklogAsync(ct);
            await using var ring = _source.CreateCommand($"NOTIFY \"{table.Name}\"");
            await ring.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task ForeverAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (Exception exception)
            {
                if (!ct.IsCancellationRequested)
                    logger.LogInformation("Relays of other processes cannot be heard or called now: {Reason}", exception.Message);
                await Task.Delay(Pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
