using EatFast.Drills.Checking;
using EatFast.Drills.Reporting;

namespace EatFast.Drills.Invariants;

/// <summary>I9: nothing waits in an outbox once it is quiet, and in health an event leaves within a second.</summary>
internal sealed class OutboxDrains : IInvariant
{
    private const int FewestForLimit = 200;
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(1);

    public string Id => "I9";

    public string Promise => "outboxes and queues are empty after quiesce, and lag p99 <= 1 s in health";

    public void Check(Evidence evidence, Findings findings)
    {
        foreach (var message in evidence.Outbox)
            findings.Expect(
                message.SentAt is not null,
                () => $"{message.Service} has not sent {message.Type} {message.Id}{(message.IsParked ? " (parked)" : "")}");
        foreach (var queue in evidence.Queues.Where(queue => !queue.IsDeadLetter))
            findings.Expect(queue.Messages == 0, () => $"{queue.Messages} messages wait in {queue.Name}");
        var lag = Lag(evidence);
        if (lag.Count >= FewestForLimit)
            findings.Expect(lag.At(0.99) <= LongestLag, () => $"the outbox lag in health: {lag}");
    }

    /// <summary>Of what was announced in health: how long it took to be sent.</summary>
    public static OutboxLag Lag(Evidence evidence) => new(
        evidence.Outbox
            .Where(row => row is { SentAt: not null, OnlyFor: null } && evidence.Healthy.Any(span => span.Contains(row.CreatedAt)))
            .Select(row => row.SentAt!.Value - row.CreatedAt));
}
