using EatFast.Messaging;
using EatFast.Probe;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EatFast.ServiceDefaultsTests;

/// <summary>What tests do with the probe's outbox and tallies.</summary>
internal static class ProbeRows
{
    public static Task AnnounceAsync(this HostedService<NotesDbContext> probe, Guid about, params object[] events) => probe.WithDbAsync(async db =>
    {
        var clock = probe.Services.GetRequiredService<TimeProvider>();
        foreach (var @event in events)
            db.Announce(@event, about, clock.GetUtcNow());
        return await db.SaveChangesAsync();
    });

    /// <summary>The rows about one aggregate, oldest first.</summary>
    public static Task<List<OutboxMessage>> RowsAsync(this HostedService<NotesDbContext> probe, Guid about) => probe.WithDbAsync(db =>
        db.Set<OutboxMessage>().AsNoTracking().Where(row => row.PartitionKey == about).OrderBy(row => row.Sequence).ToListAsync());

    public static Task SentAsync(this HostedService<NotesDbContext> probe, Guid about) => Eventually.AsTrue(
        async () => (await probe.RowsAsync(about)) is { Count: > 0 } rows && rows.TrueForAll(row => row.SentAt is not null), "all of it is sent");

    public static Task<long> SumAsync(this HostedService<NotesDbContext> probe, Guid noteId) => probe.WithDbAsync(async db =>
        (await db.Tallies.AsNoTracking().SingleOrDefaultAsync(tally => tally.NoteId == noteId))?.SumXaf ?? 0);

    public static Task SumBecomesAsync(this HostedService<NotesDbContext> probe, Guid noteId, long sum) =>
        Eventually.AsTrue(async () => await probe.SumAsync(noteId) == sum, $"the tally holds {sum}");

    /// <summary>Stores a row as another process would: this one's relay is not told.</summary>
    public static async Task<Guid> InsertAsync(
        this NpgsqlConnection connection, Guid about, object @event, DateTimeOffset now, string? type = null, string? body = null)
    {
        var id = Guid.CreateVersion7(now);
        await connection.RunAsync(
            """
            INSERT INTO probe.outbox_messages (id, partition_key, type, body, created_at, round, failures, attempts, fence)
            VALUES ($1, $2, $3, $4::jsonb, $5, 0, 0, 0, 0)
            """,
            id, about, type ?? @event.GetType().FullName!, body ?? System.Text.Json.JsonSerializer.Serialize(@event, Outbox.Json), now);
        return id;
    }

    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Until the condition holds, what waits for a later time is due now: of this aggregate, or copies of this message.</summary>
    public static async Task HurryUntilAsync(this HostedService<NotesDbContext> probe, Guid whose, Func<Task<bool>> condition, string expectation)
    {
        await using var connection = await probe.OpenOwnConnectionAsync();
        await Eventually.AsTrue(async () =>
        {
            await connection.RunAsync(
                """
                UPDATE probe.outbox_messages SET deliver_at = now()
                WHERE sent_at IS NULL AND parked_at IS NULL AND deliver_at > now() AND (partition_key = $1 OR original_id = $1)
                """,
                whose);
            probe.Services.GetRequiredService<OutboxSignal>().Wake();
            return await condition();
        }, expectation);
    }
}
