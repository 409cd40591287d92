using Npgsql;

namespace EatFast.Bench.Parts;

/// <summary>Looks into the outboxes and inboxes of all services at once, as only an owner of the database can.</summary>
internal static class Outboxes
{
    private static readonly string[] Schemas = ["identity", "catalog", "ordering", "payments", "delivery", "notifications"];

    public static async Task<long> UnsentAsync(string database)
    {
        var sum = string.Join(" + ", Schemas.Select(schema => $"(select count(*) from {schema}.outbox_messages where sent_at is null)"));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select {sum}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>
    /// Percentiles of the time from an event's creation, just before its commit, until a consumer began with it; each event counts once
    /// per consumer.
    /// </summary>
    public static async Task<(long Count, double P50Ms, double P90Ms, double P99Ms)> LatencyAsync(string database, DateTimeOffset since)
    {
        var sent = string.Join(" union all ", Schemas.Select(schema => $"select id, created_at from {schema}.outbox_messages"));
        var seen = string.Join(" union all ", Schemas.Select(schema => $"select message_id, received_at from {schema}.inbox_messages"));
        var sql = $"""
            select count(*), percentile_cont(array[0.5, 0.9, 0.99]) within group
                (order by extract(epoch from seen.received_at - sent.created_at)::double precision * 1000)
            from ({sent}) sent join ({seen}) seen on seen.message_id = sent.id where sent.created_at >= $1
            """;
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = since } } };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var count = reader.GetInt64(0);
        var percentiles = count == 0 ? [0, 0, 0] : reader.GetFieldValue<double[]>(1);
        return (count, percentiles[0], percentiles[1], percentiles[2]);
    }
}
