using EatFast.Errors;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace EatFast.Messaging;

/// <summary>
/// Makes each consumer idempotent: the message's id is saved together with the consumer's own changes, so the save of a repeat fails.
/// A consumer therefore saves once, through the injected DbContext. Nothing is asked beforehand: repeats are rare.
/// </summary>
internal sealed class Inbox<TMessage>(DbContext db, TimeProvider clock, ILogger<Inbox<TMessage>> logger)
    : IFilter<ConsumeContext<TMessage>> where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        var consumer = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be handled once.");
        var isTwoStep = Defect.Is("inbox-before-transaction");
        // The broker has handed this one out before, so it may well have been handled.
        if ((context.ReceiveContext.Redelivered || isTwoStep) && await WasHandledAsync(consumer, messageId, context.CancellationToken))
        {
            // Without this the message would count as one that nobody consumes, and go to the dead letters.
            await context.NotifyConsumed(TimeSpan.Zero, consumer);
            return;
        }

        if (!Defect.Is("no-inbox"))
            db.Add(new InboxMessage { MessageId = messageId, Consumer = consumer, ReceivedAt = clock.GetUtcNow() });
        if (isTwoStep)
            await db.SaveChangesAsync(context.CancellationToken);
        try
        {
            await next.Send(context);
            // A consumer that found nothing to do has not saved: remember the message all the same.
            await db.SaveChangesAsync(context.CancellationToken);
            Failpoint.Reach("inbox.after-save-before-ack");
        }
        catch (RuleViolatedException refused)
        {
            // The rules will say the same next time, so a retry has no point.
            logger.LogWarning("{Consumer} refused {MessageId}: {Code}", consumer, messageId, refused.Code);
            await context.NotifyConsumed(TimeSpan.Zero, consumer);
        }
        catch (Exception failure)
        {
            // Whichever statement of the repeat failed first, and also when the answer to a commit was lost: the row tells.
            if (HttpErrors.IsOutage(failure) || !await WasHandledAsync(consumer, messageId, context.CancellationToken))
                throw;
            logger.LogInformation("{Consumer} met {MessageId} again, which had taken effect", consumer, messageId);
            await context.NotifyConsumed(TimeSpan.Zero, consumer);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");

    private async Task<bool> WasHandledAsync(string consumer, Guid messageId, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is { } failed)
            await failed.DisposeAsync();
        return await db.Set<InboxMessage>().AnyAsync(seen => seen.Consumer == consumer && seen.MessageId == messageId, ct);
    }
}
