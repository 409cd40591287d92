using System.Text;
using EatFast.Load;
using Npgsql;

namespace EatFast.Bench.Parts;

/// <summary>
/// Writes the pgbench script from the database itself: an order that was just placed is the pattern, its rows are inserted again and again
/// with new keys into copies of the tables, with all their indexes.
/// </summary>
internal static class PlaceOrderSql
{
    private const string Schema = "eatfast_bench";

    // Whose rows an order leaves behind, and how they are found; keys that have to differ each time are made from :n.
    private static readonly (string Table, string Belongs, (string Column, string Value)[] Keys)[] Tables =
    [
        ("orders", "id = $1", [("id", Id), ("order_number", ":n::text")]),
        ("order_items", "order_id = $1", [("order_id", Id)]),
        ("order_events", "order_id = $1", [("order_id", Id)]),
        ("order_timers", "order_id = $1", [("id", "md5(id::text || :n::text)::uuid"), ("order_id", Id)]),
        ("outbox_messages", "partition_key = $1", [("id", "md5(id::text || :n::text)::uuid"), ("partition_key", Id), ("sent_at", "null")]),
        ("idempotency_keys", "location like '%' || $1::text", [("key", ":n::text")])
    ];

    private const string Id = "md5(:n::text)::uuid";

    public static async Task<string> PrepareAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"drop schema if exists {Schema} cascade; create schema {Schema}");
        // Nothing has happened to it yet but its placing.
        var order = await ScalarAsync(connection, "select id from ordering.orders where version = 1 order by created_at desc limit 1")
            ?? throw new LoadFailedException("There is no freshly placed order to take as a pattern.");
        var script = new StringBuilder("\\set n random(1, 9000000000000000000)\nbegin;\n");
        foreach (var (table, belongs, keys) in Tables)
        {
            await ExecuteAsync(connection, $"create table {Schema}.{table} (like ordering.{table} including all)");
            var ofOrder = belongs.Replace("$1", $"'{order}'", StringComparison.Ordinal);
            await ExecuteAsync(connection, $"create table {Schema}.{table}_pattern as select * from ordering.{table} where {ofOrder}");
            var columns = await ColumnsAsync(connection, table);
            var values = columns.Select(column => keys.FirstOrDefault(key => key.Column == column).Value ?? column);
            script.Append($"insert into {Schema}.{table} ({string.Join(", ", columns)}) ")
                .Append($"select {string.Join(", ", values)} from {Schema}.{table}_pattern;\n");
        }
        return script.Append("commit;\n").ToString();
    }

    public static async Task RemoveAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"drop schema {Schema} cascade");
    }

    private static async Task<List<string>> ColumnsAsync(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand(
            $"select column_name from information_schema.columns where table_schema = '{Schema}' and table_name = '{table}' "
            + "and is_identity = 'NO' and is_generated = 'NEVER' order by ordinal_position",
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
            columns.Add(reader.GetString(0));
        return columns;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
