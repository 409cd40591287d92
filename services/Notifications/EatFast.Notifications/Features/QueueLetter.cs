using EatFast.Identity.Contracts;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>A letter to somebody who need not have an account: worded now, and sealed until it is sent.</summary>
internal sealed class QueueLetter(NotificationsDbContext db, LetterReader reader, Texts texts, Sealer sealer, TimeProvider clock)
    : IConsumer<LetterIssued>
{
    public async Task Consume(ConsumeContext<LetterIssued> context)
    {
        var letter = context.Message;
        var now = clock.GetUtcNow();
        var kind = NotificationKind.Of(letter.Kind);
        var words = texts.Of(kind.Name, letter.Language, reader.Values(letter));
        db.Add(sealer.SecretMessage(kind, Channels.Email, letter.LetterId, null, reader.Address(letter), words.Email!, letter.Language, now));
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
