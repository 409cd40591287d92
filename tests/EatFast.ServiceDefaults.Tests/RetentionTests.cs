using EatFast.Http;
using EatFast.Messaging;
using EatFast.Probe;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.ServiceDefaultsTests;

public sealed class RetentionTests(ProbeSystem system)
{
    private readonly Guid _about = Guid.NewGuid();

    [Fact]
    public async Task Rule_13_sent_events_go_after_a_day_in_several_batches_and_unsent_ones_never()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        await connection.RunAsync(
            """
            INSERT INTO probe.outbox_messages (id, partition_key, type, body, created_at, sent_at, parked_at, round, failures, attempts, fence)
            SELECT gen_random_uuid(), $1, 'x', '{}', $2, CASE WHEN n <= 12000 THEN $2 WHEN n = 12001 THEN $3 END,
                CASE WHEN n > 12001 THEN $2 END, 0, 0, 1, 1
            FROM generate_series(1, 12002) AS n
            """,
            _about, system.Clock.GetUtcNow().AddHours(-25), system.Clock.GetUtcNow().AddHours(-23));

        await RunAsync();

        var left = await system.Probe.RowsAsync(_about);
        Assert.Equal((1, 1), (left.Count(row => row.SentAt is not null), left.Count(row => row.SentAt is null)));
    }

    [Fact]
    public async Task Rule_13_handled_ids_are_remembered_for_two_weeks()
    {
        var now = system.Clock.GetUtcNow();
        await AddAsync(Seen(now.AddDays(-15)), Seen(now.AddDays(-13)));

        await RunAsync();

        var left = await system.Probe.WithDbAsync(db => db.Set<InboxMessage>().Where(seen => seen.Consumer == $"{_about}").ToListAsync());
        Assert.Equal(now.AddDays(-13), Assert.Single(left).ReceivedAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Answers_to_idempotency_keys_are_kept_for_a_day()
    {
        var now = system.Clock.GetUtcNow();
        await AddAsync(Answered("old", now.AddHours(-25)), Answered("young", now.AddHours(-23)));

        await RunAsync();

        var left = await system.Probe.WithDbAsync(db => db.Set<IdempotencyRecord>().Where(record => record.Principal == $"{_about}").ToListAsync());
        Assert.Equal("young", Assert.Single(left).Key);
    }

    // Twice at once, as two replicas would.
    private Task<int[]> RunAsync() => Task.WhenAll(RunOneAsync(), RunOneAsync());

    private Task<int> RunOneAsync() => system.Probe.WithDbAsync(async db =>
    {
        var configuration = system.Probe.Services.GetRequiredService<IConfiguration>();
        await new Retention<NotesDbContext>(db, system.Clock, configuration).RunAsync(CancellationToken.None);
        return 0;
    });

    private Task<int> AddAsync(params object[] rows) => system.Probe.WithDbAsync(db =>
    {
        db.AddRange(rows);
        return db.SaveChangesAsync();
    });

    private InboxMessage Seen(DateTimeOffset at) => new() { MessageId = Guid.NewGuid(), Consumer = $"{_about}", ReceivedAt = at };

    private IdempotencyRecord Answered(string key, DateTimeOffset at) => new()
    {
        Principal = $"{_about}",
        Key = key,
        RequestHash = [1],
        Status = 201,
        Body = [1],
        CreatedAt = at
    };
}
