using EatFast.Messaging;
using EatFast.Probe;
using EatFast.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.ServiceDefaultsTests;

public sealed class InboxRulesTests(ProbeSystem system)
{
    private const string Coping = "probe-cope-with-trouble";
    private readonly Guid _note = Guid.NewGuid();
    private readonly Guid _messageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Rule_8_many_copies_at_once_take_effect_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PublishAsync(new NoteTaken(_note, 5))));
        await Eventually.AsTrue(async () => await system.Probe.SumAsync(_note) > 0, "one took effect");
        await system.Probe.DeliverAsync(new NoteTaken(_note, 5), _messageId);

        Assert.Equal(5, await system.Probe.SumAsync(_note));
        Assert.DoesNotContain(_messageId.ToString(), await DeadIdsAsync("probe-add-to-tally"));
    }

    [Fact]
    public async Task Rule_8_a_handler_that_fails_leaves_no_trace_and_its_retry_takes_effect()
    {
        await PublishAsync(new NoteTroubled(_note, 7, Trouble.Bug, Times: 2));

        await system.Probe.SumBecomesAsync(_note, 7);

        Assert.Equal(3, CopeWithTrouble.Attempts[_note]);
        Assert.Equal(1, await SeenAsync());
    }

    [Fact]
    public async Task Rule_8_a_repeat_is_known_as_one_even_when_a_key_of_the_business_fails_first()
    {
        await system.Probe.DeliverAsync(new NoteOpened(_note, 4), _messageId);
        await system.Probe.DeliverAsync(new NoteOpened(_note, 4), _messageId);

        Assert.Equal(4, await system.Probe.SumAsync(_note));
        Assert.Empty(await CopiesAsync());
    }

    [Fact]
    public async Task Rule_9_a_commit_whose_answer_was_lost_is_looked_up_and_not_repeated()
    {
        await PublishAsync(new NoteTroubled(_note, 3, Trouble.LostAnswer, Times: 1));
        await system.Probe.SumBecomesAsync(_note, 3);
        await Eventually.AsTrue(() => CopeWithTrouble.Attempts[_note] == 2, "it was handled again");

        await system.Probe.DeliverAsync(new NoteTaken(_note, 1));

        Assert.Equal(4, await system.Probe.SumAsync(_note));
        Assert.Single(await system.Probe.RowsAsync(_note));
    }

    [Fact]
    public async Task Rule_10_what_a_handler_announces_leaves_only_with_its_own_save()
    {
        await PublishAsync(new NoteTroubled(_note, 2, Trouble.Bug, Times: 1));

        await system.Probe.SumBecomesAsync(_note, 2);

        Assert.Single(await system.Probe.RowsAsync(_note));
    }

    [Fact]
    public async Task Rule_11_a_failing_message_comes_again_later_under_its_id_while_its_neighbours_pass()
    {
        await PublishAsync(new NoteTroubled(_note, 9, Trouble.Bug, Times: 3));
        await Eventually.AsTrue(async () => (await CopiesAsync()).Count == 1, "a copy waits in the outbox");
        var (other, started) = (Guid.NewGuid(), TimeProvider.System.GetTimestamp());
        await system.Probe.DeliverAsync(new NoteTroubled(other, 1, Trouble.Bug, Times: 0));
        await system.Probe.SumBecomesAsync(other, 1);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 10);

        await system.Probe.SumBecomesAsync(_note, 9);

        var copy = Assert.Single(await CopiesAsync());
        Assert.Equal((Coping, 1, 1), (copy.Destination, copy.Round, copy.Failures));
        Assert.Equal(1, await SeenAsync());
    }

    [Fact]
    public async Task Rule_11_a_message_that_fails_for_ever_ends_once_in_the_dead_letter_queue_with_its_reason()
    {
        await PublishAsync(new NoteTroubled(_note, 9, Trouble.Bug, Times: 1000));

        await system.Probe.HurryUntilAsync(
            _messageId, async () => (await DeadIdsAsync(Coping)).Contains(_messageId.ToString()), "it is in the dead-letter queue");

        var (_, dead) = await DeadLetters.BrowseAsync(Coping + "_dead", 0, 100, CancellationToken.None);
        var found = Assert.Single(dead, message => message.Id == _messageId.ToString());
        Assert.Contains("A note made trouble.", found.Reason, StringComparison.Ordinal);
        Assert.Equal(Redelivery<NotesDbContext>.Ladder.Length, (await CopiesAsync()).Count);
        Assert.Equal(0, await SeenAsync());
    }

    [Fact]
    public async Task Rule_11_an_outage_is_no_poison_however_long_it_lasts()
    {
        await PublishAsync(new NoteTroubled(_note, 6, Trouble.Outage, Times: 25));

        await system.Probe.HurryUntilAsync(_messageId, async () => await system.Probe.SumAsync(_note) == 6, "it took effect after the outage");

        var copies = await CopiesAsync();
        Assert.True(copies.Count > Redelivery<NotesDbContext>.Ladder.Length);
        Assert.All(copies, copy => Assert.Equal(0, copy.Failures));
        Assert.DoesNotContain(_messageId.ToString(), await DeadIdsAsync(Coping));
    }

    [Fact]
    public async Task Rule_11_a_copy_that_was_stored_before_a_crash_is_not_stored_again_after_it()
    {
        await PublishAsync(new NoteTroubled(_note, 8, Trouble.Bug, Times: 6));
        await PublishAsync(new NoteTroubled(_note, 8, Trouble.Bug, Times: 6));
        await Eventually.AsTrue(() => CopeWithTrouble.Attempts.GetValueOrDefault(_note) >= 6, "both copies failed");

        await system.Probe.SumBecomesAsync(_note, 8);

        Assert.Single(await CopiesAsync());
    }

    private DeadLetters DeadLetters => system.Probe.Services.GetRequiredService<DeadLetters>();

    private Task PublishAsync<TMessage>(TMessage message) where TMessage : class =>
        system.Probe.Services.GetRequiredService<IBus>().Publish(message, publish => publish.MessageId = _messageId);

    private async Task<List<string>> DeadIdsAsync(string queue) =>
        (await DeadLetters.BrowseAsync(queue + "_dead", 0, 100, CancellationToken.None)).Messages.ConvertAll(message => message.Id);

    private Task<List<OutboxMessage>> CopiesAsync() => system.Probe.WithDbAsync(db =>
        db.Set<OutboxMessage>().AsNoTracking().Where(row => row.OriginalId == _messageId).ToListAsync());

    private Task<int> SeenAsync() => system.Probe.WithDbAsync(db => db.Set<InboxMessage>().CountAsync(seen => seen.MessageId == _messageId));
}
