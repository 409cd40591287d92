using EatFast.Notifications.Domain;
using EatFast.Security;

namespace EatFast.Notifications;

/// <summary>Seals an operator's words and numbers at rest; a value opens only in the row and field it was made for.</summary>
internal sealed class Sealer(IConfiguration configuration)
{
    private readonly FieldCipher _cipher = FieldCipher.From(configuration, "notification-messages");

    public string Seal(string text, Guid row, string field) => _cipher.Seal(text, Place(row, field));

    public string Open(string sealedText, Guid row, string field) => _cipher.Open(sealedText, Place(row, field));

    /// <summary>A message whose address and words both rest sealed until it is sent.</summary>
    public OutgoingMessage SecretMessage(
        NotificationKind kind, string channel, Guid subjectId, Guid? userId, string address, string text, string language, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return OutgoingMessage.WithSecret(
            id, kind, channel, subjectId, userId, Seal(address, id, nameof(OutgoingMessage.SealedPhone)),
            Seal(text, id, nameof(OutgoingMessage.SealedText)), language, now);
    }

    private static string Place(Guid row, string field) => $"notification_messages|{field}|{row}";
}
