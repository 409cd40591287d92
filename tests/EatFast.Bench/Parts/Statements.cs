using Npgsql;

namespace EatFast.Bench.Parts;

/// <summary>What the database spends its time with, as pg_stat_statements counts it; empty where that is not installed.</summary>
internal static class Statements
{
    private const string Top = """
        select left(regexp_replace(query, '\s+', ' ', 'g'), 110), calls, mean_exec_time,
            100 * total_exec_time / sum(total_exec_time) over ()
        from pg_stat_statements where query not like '%pg_stat_statements%' order by total_exec_time desc limit 8
        """;

    private const string Slowest = "select max(max_exec_time) from pg_stat_statements where query not like '%pg_stat_statements%'";

    public sealed record Statement(string Query, long Calls, double MeanMs, double Percent);

    /// <summary>Takes effect with the next start of the server.</summary>
    public static async Task EnableAsync(string database)
    {
        await using var connection = await OpenAsync(database);
        if (await IsInstalledAsync(connection))
            await ExecuteAsync(connection, "alter system set shared_preload_libraries = 'pg_stat_statements'");
    }

    public static async Task ResetAsync(string database)
    {
        await using var connection = await OpenAsync(database);
        if (!await IsInstalledAsync(connection))
            return;
        await ExecuteAsync(connection, "create extension if not exists pg_stat_statements");
        await ExecuteAsync(connection, "select pg_stat_statements_reset()");
    }

    public static async Task<List<Statement>> ReadAsync(string database)
    {
        await using var connection = await OpenAsync(database);
        var result = new List<Statement>();
        if (!await IsInstalledAsync(connection))
            return result;
        await using var command = new NpgsqlCommand(Top, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            result.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3)));
        return result;
    }

    /// <summary>Milliseconds that the slowest statement took since the reset; null where nothing was counted.</summary>
    public static async Task<double?> SlowestAsync(string database)
    {
        await using var connection = await OpenAsync(database);
        if (!await IsInstalledAsync(connection))
            return null;
        await using var command = new NpgsqlCommand(Slowest, connection);
        return await command.ExecuteScalarAsync() as double?;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<bool> IsInstalledAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from pg_available_extensions where name = 'pg_stat_statements')", connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
