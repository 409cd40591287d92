using System.Diagnostics;
using EatFast.Drills.Target;
using Npgsql;

namespace EatFast.Drills.Reading;

/// <summary>Reads rows of all schemas with the superuser's login; nothing of the product's code takes part.</summary>
internal sealed class Rows(PostgresEndpoint postgres) : IAsyncDisposable
{
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(30);
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(postgres.ConnectionString);

    /// <summary>Asks again while Postgres is coming back: drills take it away themselves.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, DateTimeOffset? since, CancellationToken ct)
    {
        var asked = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            try
            {
                return await TryReadAsync(sql, row, since, ct);
            }
            catch (NpgsqlException outage) when (outage.IsTransient && asked.Elapsed < LongestOutage)
            {
                await timer.WaitForNextTickAsync(ct);
            }
        }
    }

    private async Task<List<T>> TryReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, DateTimeOffset? since, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(sql);
        if (since is { } from)
            command.Parameters.AddWithValue("since", from.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken ct) =>
        (await ReadAsync(sql, reader => reader.GetFieldValue<T>(0), null, ct)).Single();

    public async Task RunAsync(string sql, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A connection of its own, for whoever has to hold one.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct) => _source.OpenConnectionAsync(ct);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}

internal static class RowReading
{
    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static Guid? Id(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static DateTimeOffset Time(this NpgsqlDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? TimeOrNone(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);
}
