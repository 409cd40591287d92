using EatFast.Messaging;
using EatFast.Simulation.Core;

namespace EatFast.Simulation.Services;

/// <summary>The relay's three statements in SQLite's words, with the same leases, fences and order as the real table.</summary>
internal sealed class SimOutboxTable(Life life) : IOutboxTable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private const int LongestRun = 16;

    private const string Heads = """
        SELECT oldest.id, oldest.partition_key FROM outbox_messages AS oldest
        WHERE oldest.sent_at IS NULL AND oldest.parked_at IS NULL
          AND (oldest.deliver_at IS NULL OR oldest.deliver_at <= @p0) AND (oldest.lease_until IS NULL OR oldest.lease_until < @p0)
          AND NOT EXISTS (
            SELECT 1 FROM outbox_messages AS older
            WHERE older.partition_key = oldest.partition_key AND older.sequence < oldest.sequence
              AND older.sent_at IS NULL AND older.parked_at IS NULL)
        ORDER BY oldest.sequence LIMIT @p1
        """;

    private const string Followers = """
        SELECT id, deliver_at IS NULL OR deliver_at <= @p0 FROM outbox_messages
        WHERE partition_key = @p1 AND sent_at IS NULL AND parked_at IS NULL ORDER BY sequence LIMIT @p2
        """;

    private const string Claim = """
        UPDATE outbox_messages SET lease_until = @p0, fence = fence + 1 WHERE id = @p1
        RETURNING sequence, partition_key, type, body, original_id, destination, round, failures, created_at, attempts, fence
        """;

    private const string Mark = """
        UPDATE outbox_messages SET lease_until = NULL, sent_at = @p0, parked_at = @p1, attempts = attempts + @p2,
            deliver_at = COALESCE(@p3, deliver_at), last_error = COALESCE(@p4, last_error)
        WHERE id = @p5 AND fence = @p6 AND sent_at IS NULL
        """;

    private const string Add = """
        INSERT INTO outbox_messages (id, original_id, partition_key, type, body, destination, round, failures, created_at, deliver_at,
            last_error, attempts, fence, sequence)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, 0, 0, 0) ON CONFLICT (id) DO NOTHING
        """;

    public async Task<List<OutboxMessage>> ClaimAsync(int aggregates, CancellationToken ct)
    {
        await EnterAsync("claims from its outbox");
        var (now, store) = (life.World.Now, life.Service.Database);
        var claimed = new List<OutboxMessage>();
        foreach (var head in store.Rows(Heads, now, (long)aggregates))
        {
            var run = store.Rows(Followers, now, head[1], (long)LongestRun + 1).TakeWhile(row => (long)row[1] == 1);
            claimed.AddRange(run.Select(row => (long)row[0]).Select(id => Read(id, store.Rows(Claim, now + Lease, id)[0])));
        }
        return claimed;
    }

    public async Task<int> MarkAsync(IReadOnlyCollection<OutboxMark> marks, DateTimeOffset now, CancellationToken ct)
    {
        await EnterAsync("marks its outbox");
        foreach (var mark in marks)
            life.Service.Database.Rows(
                Mark,
                mark.Outcome == OutboxOutcome.Sent ? now : DBNull.Value,
                mark.Outcome == OutboxOutcome.Parked ? now : DBNull.Value,
                mark.Outcome == OutboxOutcome.NotTried ? 0L : 1L,
                mark.Delay > TimeSpan.Zero ? life.World.Now + mark.Delay : DBNull.Value,
                mark.Error ?? (object)DBNull.Value,
                mark.Message.Id,
                mark.Message.Fence);
        return marks.Count;
    }

    public async Task AddAsync(OutboxMessage message, TimeSpan delay, CancellationToken ct)
    {
        await EnterAsync("stores a redelivery");
        life.Service.Database.Rows(
            Add,
            message.Id, message.OriginalId ?? (object)DBNull.Value, message.PartitionKey, message.Type, message.Body,
            message.Destination ?? (object)DBNull.Value, (long)message.Round, (long)message.Failures, message.CreatedAt,
            life.World.Now + delay, message.LastError ?? (object)DBNull.Value);
        life.Service.Committed(touchesOutbox: false);
    }

    private async Task EnterAsync(string what)
    {
        await life.BoundaryAsync(what);
        life.RequireStore();
        await life.Service.Database.EnterAsync(life, null);
    }

    private static OutboxMessage Read(long id, object[] row) => new()
    {
        Id = IdOf(id),
        Sequence = (long)row[0],
        PartitionKey = IdOf(row[1]),
        Type = (string)row[2],
        Body = (string)row[3],
        OriginalId = row[4] is long original ? IdOf(original) : null,
        Destination = row[5] as string,
        Round = (int)(long)row[6],
        Failures = (int)(long)row[7],
        CreatedAt = new DateTimeOffset((long)row[8], TimeSpan.Zero),
        Attempts = (int)(long)row[9],
        Fence = (long)row[10]
    };

    private static Guid IdOf(object number) => World.Current.Ids.IdOf((long)number);
}

/// <summary>The relay of a service, whatever its store.</summary>
internal interface IRelay
{
    Task<bool> RelayBatchAsync(CancellationToken ct);
}

internal sealed class RelayOf<TDb>(OutboxRelay<TDb> relay) : IRelay where TDb : Microsoft.EntityFrameworkCore.DbContext
{
    public Task<bool> RelayBatchAsync(CancellationToken ct) => relay.RelayBatchAsync(ct);
}
