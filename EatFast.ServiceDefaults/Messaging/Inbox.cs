using EatFast.Data;
using EatFast.Errors;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace EatFast.Messaging;

/// <summary>
/// Makes each consumer idempotent: the message's id is saved together with the consumer's own changes, so a repeat finds it.
/// A consumer therefore saves once, through the injected DbContext.
/// </summary>
internal sealed class Inbox<TMessage>(DbContext db, TimeProvider clock, ILogger<Inbox<TMessage>> logger)
    : IFilter<ConsumeContext<TMessage>> where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        var consumer = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be handled once.");
        if (await db.Set<InboxMessage>().AnyAsync(seen => seen.Consumer == consumer && seen.MessageId == messageId, context.CancellationToken))
            return;

        db.Add(new InboxMessage { MessageId = messageId, Consumer = consumer, ReceivedAt = clock.GetUtcNow() });
        try
        {
            await next.Send(context);
            // A consumer that found nothing to do has not saved: remember the message all the same.
            await db.SaveChangesAsync(context.CancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate<InboxMessage>(db))
        {
            logger.LogInformation("{Consumer} met {MessageId} twice at once; the other copy took effect", consumer, messageId);
        }
        catch (RuleViolatedException refused)
        {
            // The rules will say the same next time, so a retry has no point.
            logger.LogWarning("{Consumer} refused {MessageId}: {Code}", consumer, messageId, refused.Code);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
