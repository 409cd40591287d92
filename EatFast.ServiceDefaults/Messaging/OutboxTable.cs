using System.Diagnostics.CodeAnalysis;
using EatFast.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EatFast.Messaging;

internal enum OutboxOutcome
{
    Sent,
    /// <summary>The broker was away: nothing is held against the message.</summary>
    NotTried,
    Failed,
    Parked
}

internal sealed record OutboxMark(OutboxMessage Message, OutboxOutcome Outcome, TimeSpan Delay = default, string? Error = null);

/// <summary>The relay's way to its rows; the simulation puts another store in its place.</summary>
internal interface IOutboxTable
{
    Task<List<OutboxMessage>> ClaimAsync(int aggregates, CancellationToken ct);

    Task<int> MarkAsync(IReadOnlyCollection<OutboxMark> marks, DateTimeOffset now, CancellationToken ct);

    Task AddAsync(OutboxMessage message, TimeSpan delay, CancellationToken ct);
}

/// <summary>
/// The relay's two statements, prepared and on connections of its own. They commit without waiting for the disk: a claim or a mark that a
/// crash of the database takes back only means that a message is published twice.
/// </summary>
internal sealed class OutboxTable<TDb> : IOutboxTable, IAsyncDisposable where TDb : DbContext
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private const int LongestRun = 16;
    private readonly NpgsqlDataSource _source;
    private readonly string _claim;
    private readonly string _mark;
    private readonly string _add;

    public OutboxTable(IServiceScopeFactory scopes, IConfiguration configuration)
    {
        using var scope = scopes.CreateScope();
        Name = scope.ServiceProvider.GetRequiredService<TDb>().Model.FindEntityType(typeof(OutboxMessage))!.GetSchemaQualifiedTableName()!;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(configuration.RequireConnectionString(Postgres.ConnectionName))
        {
            MaxPoolSize = 4,
            MaxAutoPrepare = 4,
            Options = "-c synchronous_commit=off"
        });
        _claim = ClaimStatement(Name);
        _mark = MarkStatement(Name);
        _add = AddStatement(Name);
    }

    public string Name { get; }

    [SuppressMessage("Security", "CA2100", Justification = "The table name comes from the model.")]
    public async Task<List<OutboxMessage>> ClaimAsync(int aggregates, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(_claim);
        command.Parameters.Add(new() { Value = Lease });
        command.Parameters.Add(new() { Value = aggregates });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<OutboxMessage>();
        while (await reader.ReadAsync(ct))
            claimed.Add(Read(reader));
        claimed.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        return claimed;
    }

    /// <summary>Records how each message fared; a relay that was paused past its lease finds another fence and changes nothing.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The table name comes from the model.")]
    public async Task<int> MarkAsync(IReadOnlyCollection<OutboxMark> marks, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(_mark);
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Message.Id).ToArray() });
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Message.Fence).ToArray() });
        command.Parameters.Add(new() { Value = marks.Select(mark => (int)mark.Outcome).ToArray() });
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Delay).ToArray() });
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Error).ToArray() });
        command.Parameters.Add(new() { Value = now });
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Stores a message for the queue it came from; the same round of a message is stored once. This waits for the disk.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The table name comes from the model.")]
    public async Task AddAsync(OutboxMessage message, TimeSpan delay, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(_add);
        foreach (var value in new object?[]
        {
            message.Id, message.OriginalId, message.PartitionKey, message.Type, message.Body, message.TraceParent, message.Destination,
            message.Round, message.Failures, message.CreatedAt, delay, message.LastError
        })
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(ct);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    // The oldest unsent row of each aggregate, and with it the due ones that follow: who holds the oldest holds the aggregate, so no other
    // relay can take those. Leases and delays go by the database's clock, the only one that all replicas share.
    private static string ClaimStatement(string table) => $"""
        WITH head AS (
            SELECT oldest.id, oldest.partition_key, oldest.sequence FROM {table} AS oldest
            WHERE oldest.sent_at IS NULL AND oldest.parked_at IS NULL
              AND (oldest.deliver_at IS NULL OR oldest.deliver_at <= now()) AND (oldest.lease_until IS NULL OR oldest.lease_until < now())
              AND NOT EXISTS (
                SELECT FROM {table} AS older
                WHERE older.partition_key = oldest.partition_key AND older.sequence < oldest.sequence
                  AND older.sent_at IS NULL AND older.parked_at IS NULL)
            ORDER BY oldest.sequence
            LIMIT $2
            FOR UPDATE SKIP LOCKED),
        run AS (
            SELECT id FROM head
            UNION ALL
            SELECT follower.id FROM head CROSS JOIN LATERAL (
                SELECT behind.id, bool_and(behind.deliver_at IS NULL OR behind.deliver_at <= now()) OVER (ORDER BY behind.sequence) AS is_due
                FROM {table} AS behind
                WHERE behind.partition_key = head.partition_key AND behind.sequence > head.sequence
                  AND behind.sent_at IS NULL AND behind.parked_at IS NULL
                ORDER BY behind.sequence
                LIMIT {LongestRun}) AS follower
            WHERE follower.is_due)
        UPDATE {table} AS claimed
        SET lease_until = now() + $1, fence = claimed.fence + 1
        FROM run
        WHERE claimed.id = run.id
        RETURNING claimed.id, claimed.original_id, claimed.sequence, claimed.partition_key, claimed.type, claimed.body,
            claimed.trace_parent, claimed.destination, claimed.round, claimed.failures, claimed.created_at, claimed.attempts, claimed.fence
        """;

    private static string MarkStatement(string table) => $"""
        UPDATE {table} AS marked
        SET lease_until = NULL,
            sent_at = CASE WHEN done.outcome = {(int)OutboxOutcome.Sent} THEN $6 END,
            parked_at = CASE WHEN done.outcome = {(int)OutboxOutcome.Parked} THEN $6 END,
            attempts = marked.attempts + CASE WHEN done.outcome = {(int)OutboxOutcome.NotTried} THEN 0 ELSE 1 END,
            deliver_at = CASE WHEN done.delay > interval '0' THEN now() + done.delay ELSE marked.deliver_at END,
            last_error = COALESCE(done.error, marked.last_error)
        FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::interval[], $5::text[]) AS done(id, fence, outcome, delay, error)
        WHERE marked.id = done.id {(Defect.Is("no-fence") ? "" : "AND marked.fence = done.fence AND marked.sent_at IS NULL")}
        """;

    private static string AddStatement(string table) => $"""
        WITH durable AS (SELECT set_config('synchronous_commit', 'on', true))
        INSERT INTO {table} (id, original_id, partition_key, type, body, trace_parent, destination, round, failures, created_at, deliver_at,
            last_error, attempts, fence)
        SELECT $1, $2::uuid, $3, $4, $5::jsonb, $6::text, $7, $8, $9, $10, now() + $11, $12::text, 0, 0 FROM durable
        ON CONFLICT (id) DO NOTHING
        """;

    private static OutboxMessage Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        OriginalId = reader.IsDBNull(1) ? null : reader.GetGuid(1),
        Sequence = reader.GetInt64(2),
        PartitionKey = reader.GetGuid(3),
        Type = reader.GetString(4),
        Body = reader.GetString(5),
        TraceParent = reader.IsDBNull(6) ? null : reader.GetString(6),
        Destination = reader.IsDBNull(7) ? null : reader.GetString(7),
        Round = reader.GetInt32(8),
        Failures = reader.GetInt32(9),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(10),
        Attempts = reader.GetInt32(11),
        Fence = reader.GetInt64(12)
    };
}
