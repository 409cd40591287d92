using System.Globalization;
using EatFast.Messaging;
using EatFast.Probe;
using EatFast.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.ServiceDefaultsTests;

public sealed class OutboxRulesTests(ProbeSystem system)
{
    private readonly Guid _about = Guid.NewGuid();

    [Fact]
    public async Task Rule_1_an_event_of_a_change_that_is_rolled_back_is_never_published()
    {
        await system.Probe.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Announce(new NoteTaken(_about, 1), _about, system.Clock.GetUtcNow());
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        });
        var other = Guid.NewGuid();
        await system.Probe.AnnounceAsync(other, new NoteTaken(other, 1));
        await system.Probe.SumBecomesAsync(other, 1);

        Assert.Empty(await system.Probe.RowsAsync(_about));
        Assert.Equal(0, await system.Probe.SumAsync(_about));
    }

    [Fact]
    public async Task Rule_2_a_row_that_becomes_visible_after_younger_ones_is_not_passed_over()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.InsertAsync(_about, new NoteTaken(_about, 3), system.Clock.GetUtcNow());
        var younger = Guid.NewGuid();
        await system.Probe.AnnounceAsync(younger, new NoteTaken(younger, 1));
        await system.Probe.SentAsync(younger);

        await transaction.CommitAsync();

        await system.Probe.SumBecomesAsync(_about, 3);
    }

    [Fact]
    public async Task Rule_3_while_an_aggregates_oldest_event_is_held_the_younger_wait_and_other_aggregates_do_not()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        var (held, other) = (await LeasedElsewhereAsync(), Guid.NewGuid());
        await system.Probe.AnnounceAsync(_about, new NoteTaken(_about, 2), new NoteTaken(_about, 4));
        await system.Probe.AnnounceAsync(other, new NoteTaken(other, 1));
        await system.Probe.SentAsync(other);
        Assert.All(await system.Probe.RowsAsync(_about), row => Assert.Null(row.SentAt));

        await connection.RunAsync("UPDATE probe.outbox_messages SET lease_until = now() - interval '1 second' WHERE id = $1", held);
        await system.Probe.SentAsync(_about);

        var rows = await system.Probe.RowsAsync(_about);
        Assert.Equal(["1", "2", "4"], rows.Select(row => row.Body.Split("\"priceXaf\": ")[1].TrimEnd('}')));
        Assert.Equal(rows.Select(row => row.SentAt).Order(), rows.Select(row => row.SentAt));
    }

    [Fact]
    public async Task Rule_3_events_of_one_save_leave_in_the_order_they_were_announced()
    {
        await system.Probe.AnnounceAsync(_about, [.. Enumerable.Range(100, 40).Select(price => new NoteTaken(_about, price))]);

        var rows = await system.Probe.RowsAsync(_about);

        Assert.Equal(Enumerable.Range(100, 40), rows.Select(row => int.Parse(row.Body.Split("\"priceXaf\": ")[1][..3], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Rule_5_a_relay_that_was_paused_past_its_lease_marks_nothing()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        await LeasedElsewhereAsync();
        var claimedThen = (await system.Probe.RowsAsync(_about)).Single();
        await connection.RunAsync("UPDATE probe.outbox_messages SET lease_until = now() - interval '1 second' WHERE id = $1", claimedThen.Id);
        await system.Probe.SentAsync(_about);
        var table = system.Probe.Services.GetRequiredService<OutboxTable<NotesDbContext>>();

        var marked = await table.MarkAsync(
            [new OutboxMark(claimedThen, OutboxOutcome.Parked, Error: "woke up late")], system.Clock.GetUtcNow(), CancellationToken.None);

        var row = (await system.Probe.RowsAsync(_about)).Single();
        Assert.Equal((0, 2L), (marked, row.Fence));
        Assert.Null(row.ParkedAt);
        Assert.Null(row.LastError);
        Assert.NotNull(row.SentAt);
    }

    [Fact]
    public async Task Rule_6_an_event_that_no_queue_takes_is_not_marked_and_says_why()
    {
        await system.Probe.AnnounceAsync(_about, new NoteForgotten(_about));

        await Eventually.AsTrue(
            async () => (await system.Probe.RowsAsync(_about)).Single().LastError?.StartsWith("MessageReturned", StringComparison.Ordinal) == true,
            "the row says that the broker returned it");

        Assert.Null((await system.Probe.RowsAsync(_about)).Single().SentAt);
    }

    [Fact]
    public async Task Rule_7_the_id_is_made_with_the_change_and_is_the_one_that_consumers_see()
    {
        await system.Probe.AnnounceAsync(_about, new NoteTaken(_about, 1));
        await system.Probe.SumBecomesAsync(_about, 1);

        var id = (await system.Probe.RowsAsync(_about)).Single().Id;

        Assert.Equal(7, id.Version);
        Assert.True(await system.Probe.WithDbAsync(db => db.Set<InboxMessage>().AnyAsync(seen => seen.MessageId == id)));
    }

    [Fact]
    public async Task Rule_11_what_the_broker_refuses_for_long_is_parked_and_no_longer_holds_back_its_aggregate()
    {
        await system.Probe.AnnounceAsync(_about, new NoteForgotten(_about), new NoteTaken(_about, 5));
        await system.Probe.HurryUntilAsync(_about, async () => (await system.Probe.RowsAsync(_about))[0].Attempts >= 3, "it was tried three times");
        Assert.Null((await system.Probe.RowsAsync(_about))[1].SentAt);

        await system.Probe.HurryUntilAsync(_about, async () => (await system.Probe.RowsAsync(_about))[0].ParkedAt is not null, "it is parked");

        await system.Probe.SumBecomesAsync(_about, 5);
        Assert.Equal(OutboxPublisher.Ladder.Length + 1, (await system.Probe.RowsAsync(_about))[0].Attempts);
    }

    [Theory]
    [InlineData("""{ "noteId": 1 }""", "JsonException")]
    [InlineData(null, "A body of")]
    public async Task Rule_11_what_can_never_be_published_is_parked_at_once(string? body, string reason)
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        body ??= $$"""{ "noteId": "{{new string('x', OutboxPublisher.LongestBody)}}" }""";
        await connection.InsertAsync(_about, new NoteTaken(_about, 1), system.Clock.GetUtcNow(), body: body);

        await Eventually.AsTrue(async () => (await system.Probe.RowsAsync(_about)).Single().ParkedAt is not null, "it is parked");

        var row = (await system.Probe.RowsAsync(_about)).Single();
        Assert.Equal(1, row.Attempts);
        Assert.StartsWith(reason, row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_11_a_type_that_only_a_newer_version_knows_is_left_for_that_one()
    {
        await using var connection = await system.Probe.OpenOwnConnectionAsync();
        await connection.InsertAsync(_about, new NoteTaken(_about, 1), system.Clock.GetUtcNow(), type: "EatFast.Probe.NoteOfTomorrow");

        await Eventually.AsTrue(async () => (await system.Probe.RowsAsync(_about)).Single().Attempts > 0, "it was tried");

        Assert.Null((await system.Probe.RowsAsync(_about)).Single().ParkedAt);
    }

    [Fact]
    public async Task Rule_14_two_relays_at_once_lose_nothing_and_keep_the_order_of_each_aggregate()
    {
        var log = new PublishLog();
        using var handle = system.Probe.Services.GetRequiredService<IBusControl>().ConnectPublishObserver(log);
        using var second = ActivatorUtilities.CreateInstance<OutboxRelay<NotesDbContext>>(system.Probe.Services);
        await second.StartAsync(CancellationToken.None);
        var notes = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToList();
        for (var round = 0; round < 5; round++)
            foreach (var note in notes)
                await system.Probe.AnnounceAsync(note, new NoteTaken(note, 2 * round), new NoteTaken(note, (2 * round) + 1));

        await Eventually.AsTrue(async () => (await Task.WhenAll(notes.Select(system.Probe.SumAsync))).All(sum => sum == 45), "every tally is complete");
        await second.StopAsync(CancellationToken.None);

        Assert.All(notes, note => Assert.Equal(Enumerable.Range(0, 10).Select(price => (long)price), log.PricesOf(note)));
    }

    /// <summary>A row about this test's aggregate that another relay holds, under fence 1, for an hour.</summary>
    private Task<Guid> LeasedElsewhereAsync() => system.Probe.WithDbAsync(async db =>
    {
        var (id, now) = (Guid.CreateVersion7(system.Clock.GetUtcNow()), system.Clock.GetUtcNow());
        db.Add(new OutboxMessage
        {
            Id = id,
            PartitionKey = _about,
            Type = typeof(NoteTaken).FullName!,
            Body = $$"""{ "noteId": "{{_about}}", "priceXaf": 1 }""",
            CreatedAt = now,
            LeaseUntil = now.AddHours(1),
            Fence = 1
        });
        await db.SaveChangesAsync();
        return id;
    });
}
