using System.ComponentModel.DataAnnotations;
using EatFast.Notifications.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Data;

/// <summary>
/// Claims due messages with a lease and sends them side by side. After a crash a message is sent again under the same id,
/// which Infobip rejects as a duplicate and mail programs show once.
/// </summary>
internal sealed class MessageQueue(NotificationsDbContext db, SendingRules rules, TimeProvider clock)
{
    private const int BatchSize = 16;

    public async Task DrainAsync(string channel, Func<OutgoingMessage, CancellationToken, Task<SendOutcome>> send, CancellationToken ct)
    {
        List<OutgoingMessage> claimed;
        do
        {
            claimed = await ClaimAsync(channel, ct);
            var sends = claimed.ConvertAll(message => SendAsync(message, send, ct));
            await foreach (var finished in Task.WhenEach(sends))
                if (finished.IsCompletedSuccessfully)
                    await MarkAsync(finished.Result.Message, finished.Result.Outcome, ct);
            // A send that broke keeps its lease and is tried again; its exception still has to be seen.
            await Task.WhenAll(sends);
        }
        while (claimed.Count == BatchSize);
    }

    // Serves from ix_notification_messages_channel_due_at.
    private Task<List<OutgoingMessage>> ClaimAsync(string channel, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + rules.SendLease;
        return db.Messages.FromSql($"""
            UPDATE notifications.notification_messages AS claimed
            SET lease_until = {until}, attempts = claimed.attempts + 1
            WHERE claimed.id IN (
                SELECT due.id FROM notifications.notification_messages AS due
                WHERE due.status = 'queued' AND due.channel = {channel} AND due.due_at <= {now}
                  AND (due.lease_until IS NULL OR due.lease_until < {now})
                ORDER BY due.due_at
                LIMIT {BatchSize}
                FOR UPDATE SKIP LOCKED)
            RETURNING claimed.*
            """).AsNoTracking().ToListAsync(ct);
    }

    private static async Task<(OutgoingMessage Message, SendOutcome Outcome)> SendAsync(
        OutgoingMessage message, Func<OutgoingMessage, CancellationToken, Task<SendOutcome>> send, CancellationToken ct)
    {
        if (OutgoingMessage.PauseAfter(message.Attempts - 1) is null)
            return (message, SendOutcome.Refused("Every try broke off without an answer."));
        var outcome = await send(message, ct);
        Failpoint.Reach("notifications.after-send-before-record");
        return (message, outcome);
    }

    private async Task MarkAsync(OutgoingMessage message, SendOutcome outcome, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var mine = db.Messages.Where(row =>
            row.Id == message.Id && row.Attempts == message.Attempts && row.Status == MessageStatus.Queued);
        var pause = outcome.IsFinal ? null : OutgoingMessage.PauseAfter(message.Attempts);
        if (pause is not null)
        {
            var dueAt = now + pause.Value;
            await mine.ExecuteUpdateAsync(row => row
                .SetProperty(r => r.DueAt, dueAt)
                .SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(r => r.Reason, outcome.Reason), ct);
            return;
        }
        var status = outcome == SendOutcome.Sent ? MessageStatus.Sent : MessageStatus.Failed;
        await mine.ExecuteUpdateAsync(row => row
            .SetProperty(r => r.Status, status)
            .SetProperty(r => r.Reason, outcome.Reason)
            .SetProperty(r => r.SentAt, outcome == SendOutcome.Sent ? now : (DateTimeOffset?)null)
            .SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(r => r.SealedPhone, (string?)null)
            .SetProperty(r => r.SealedText, (string?)null), ct);
    }
}

/// <summary>How messages are sent, from the configuration section "Notifications".</summary>
internal sealed record SendingRules
{
    /// <summary>Far longer than the slowest send, so that a lease only ends when its holder is gone.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan SendLease { get; init; } = TimeSpan.FromSeconds(60);
}
