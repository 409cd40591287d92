using EatFast.Drills.Checking;
using static EatFast.Drills.Tests.CheckerTests;

namespace EatFast.Drills.Tests;

/// <summary>Messages that got lost, came to nothing, wait, or were put aside.</summary>
public sealed class MessageCheckerTests
{
    private static readonly Poison Bad = new(Guid.NewGuid(), "payments-create-payment", "malformed");

    [Fact]
    public void I8_a_message_that_one_consumer_never_handled() => Finds(
        "I8", day => day with { Inbox = Without(day.Inbox, row => row.MessageId == Town.Cash.Outbox[2].Id && row.Service == "payments") });

    [Fact]
    public void I8_a_change_that_was_never_announced() => Finds(
        "I8", day => day with { Outbox = Without(day.Outbox, row => row == Town.Cash.Outbox[2]) });

    [Fact]
    public void I8_a_message_that_was_handled_and_had_no_effect() => Finds(
        "I8", day =>
            day with { Notices = Without(day.Notices, notice => notice.SubjectId == Town.Cash.Id && notice.Kind == "order.ready") });

    [Fact]
    public void I8_a_customer_who_was_told_twice() => Finds(
        "I8", day => day with { Notices = [.. day.Notices, Town.Cash.Notices.First()] });

    [Fact]
    public void I9_an_event_that_was_never_sent() => Finds(
        "I9", day => day with { Outbox = Change(day.Outbox, row => row == Town.Cash.Outbox[0], row => row with { SentAt = null }) });

    [Fact]
    public void I9_messages_that_wait_in_a_queue() =>
        Finds("I9", day => day with { Queues = [new QueueRow("payments-create-payment", 3)] });

    [Fact]
    public void I9_events_that_leave_late_although_all_is_well() => Finds("I9", day => day with
    {
        Outbox = [.. day.Outbox, .. Enumerable.Range(0, 300).Select(i => Identity(Town.Noon, Town.Noon.AddSeconds(i < 290 ? 0.1 : 1.5)))]
    });

    [Fact]
    public void I9_forgives_events_that_leave_late_during_an_outage()
    {
        var day = Town.Healthy();
        var outage = Town.Noon.AddHours(2);
        OutboxRow[] late = [.. Enumerable.Range(0, 300).Select(_ => Identity(outage, outage.AddSeconds(20)))];

        Assert.Empty(Checker.Check(day with { Outbox = [.. day.Outbox, .. late] }).Violations);
    }

    [Fact]
    public void I10_a_text_that_never_reached_the_provider() => Finds(
        "I10", day => day with { SentTexts = Without(day.SentTexts, text => text.MessageId == Town.Cash.Text.Id.ToString()) });

    [Fact]
    public void I10_a_text_that_was_sent_twice() => Finds(
        "I10", day => day with { SentTexts = [.. day.SentTexts, new SentText(Town.Cash.Text.Id.ToString())] });

    [Fact]
    public void I13_poison_that_was_not_put_aside() => Finds("I13", day => day with { Poisons = [Bad] });

    [Fact]
    public void I13_poison_that_was_put_aside_twice() =>
        Finds("I13", day => day with { Poisons = [Bad], DeadLetters = [Letter("why"), Letter("why")] });

    [Fact]
    public void I13_poison_without_a_reason() => Finds("I13", day => day with { Poisons = [Bad], DeadLetters = [Letter(null)] });

    [Fact]
    public void I13_a_good_message_that_was_put_aside() => Finds(
        "I13", day => day with { DeadLetters = [new DeadLetter("payments-create-payment_dead", Town.Cash.Outbox[0].Id, "why")] });

    [Fact]
    public void I13_is_content_when_poison_is_aside_once_with_a_reason()
    {
        var day = Town.Healthy() with { Poisons = [Bad], DeadLetters = [Letter("it cannot be read")] };

        Assert.Empty(Checker.Check(day).Violations);
    }

    private static DeadLetter Letter(string? reason) => new($"{Bad.Queue}_dead", Bad.MessageId, reason);

    private static OutboxRow Identity(DateTimeOffset created, DateTimeOffset sent) =>
        new("identity", Guid.NewGuid(), "EatFast.Identity.Contracts.UserRegistered", Guid.NewGuid(), created, sent, false);
}
