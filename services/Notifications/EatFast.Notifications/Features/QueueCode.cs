using EatFast.Identity.Contracts;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>A code goes to the address or number it proves, whatever the preferences; one that ran out meanwhile is not sent.</summary>
internal sealed class QueueCode(NotificationsDbContext db, CodeReader reader, Texts texts, Sealer sealer, TimeProvider clock)
    : IConsumer<CodeIssued>
{
    public async Task Consume(ConsumeContext<CodeIssued> context)
    {
        var issued = context.Message;
        var now = clock.GetUtcNow();
        if (issued.ExpiresAt <= now)
            return;
        var kind = NotificationKind.Of($"security.{issued.Purpose}");
        var values = new Dictionary<string, string> { ["code"] = reader.Code(issued), ["link"] = reader.Link(issued) };
        var words = texts.Of(kind.Name, issued.Language, values);
        var text = (issued.Channel == Channels.Sms ? words.Sms : words.Email)!;
        db.Add(sealer.SecretMessage(
            kind, issued.Channel, issued.CodeId, issued.UserId, reader.Address(issued), text, issued.Language, now));
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
