using System.Net.Http.Json;
using EatFast.Messaging;
using EatFast.Probe;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.ServiceDefaultsTests;

public sealed class MessagingTests(ProbeSystem system)
{
    [Fact]
    public async Task An_event_saved_with_its_state_reaches_its_consumer()
    {
        var client = system.ClientOf("probe", Guid.NewGuid());

        var response = await client.PostAsJsonAsync("/api/v1/notes", new { text = "announced", priceXaf = 7 });

        Assert.Equal(201, (int)response.StatusCode);
        var noteId = Guid.Parse(response.Headers.Location!.ToString().Split('/')[^1]);
        await Eventually.AsTrue(async () => await SumOf(noteId) == 7, "the tally holds the note's price");
        await Eventually.AsTrue(() => IsSent(noteId), "the outbox row is marked sent");
    }

    [Fact]
    public async Task The_same_message_twice_takes_effect_once()
    {
        var noteId = Guid.NewGuid();

        await system.Probe.DeliverAsync(new NoteTaken(noteId, 5), times: 3);

        Assert.Equal(5, await SumOf(noteId));
    }

    [Fact]
    public async Task Events_about_one_aggregate_leave_in_order()
    {
        var about = Guid.NewGuid();
        await system.Probe.WithDbAsync(async db =>
        {
            for (var price = 1; price <= 20; price++)
                db.Announce(new NoteTaken(about, price), about, system.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });

        await Eventually.AsTrue(() => IsSent(about), "all are sent");

        var sentAt = await system.Probe.WithDbAsync(db => db.Set<OutboxMessage>()
            .Where(row => row.PartitionKey == about).OrderBy(row => row.Sequence).Select(row => row.SentAt!.Value).ToListAsync());
        Assert.Equal(sentAt.Order(), sentAt);
        await Eventually.AsTrue(async () => await SumOf(about) == 210, "all were handled");
    }

    [Fact]
    public async Task An_untroubled_event_leaves_at_the_first_attempt()
    {
        var about = Guid.NewGuid();
        await system.Probe.WithDbAsync(async db =>
        {
            db.Announce(new NoteTaken(about, 1), about, system.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await Eventually.AsTrue(() => IsSent(about), "it is sent");

        var row = await system.Probe.WithDbAsync(db => db.Set<OutboxMessage>().AsNoTracking().SingleAsync(message => message.PartitionKey == about));

        Assert.Equal((1, 1L), (row.Attempts, row.Fence));
        Assert.Null(row.LastError);
    }

    [Fact]
    public async Task Queues_are_quorum_queues_that_limit_deliveries_and_keep_the_dead()
    {
        var queue = await system.DescribeQueueAsync("probe-add-to-tally");

        Assert.Equal("quorum", (string?)queue["type"]);
        Assert.Equal(20, (int)queue["arguments"]!["x-delivery-limit"]!);
        Assert.Equal("probe-add-to-tally_dead", (string?)queue["arguments"]!["x-dead-letter-exchange"]);
    }

    private Task<long> SumOf(Guid noteId) => system.Probe.WithDbAsync(async db =>
        (await db.Tallies.AsNoTracking().SingleOrDefaultAsync(tally => tally.NoteId == noteId))?.SumXaf ?? 0);

    private Task<bool> IsSent(Guid about) => system.Probe.WithDbAsync(db =>
        db.Set<OutboxMessage>().Where(row => row.PartitionKey == about).AllAsync(row => row.SentAt != null));
}
