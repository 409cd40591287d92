using EatFast.Notifications.Clients;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using Grpc.Core;

namespace EatFast.Notifications.Features;

/// <summary>Twice a second: sends the texts that are due. It has its own queue, so a slow mail server does not hold them up.</summary>
internal sealed class SendSms(MessageQueue queue, Contacts contacts, Orders orders, Infobip infobip, Texts texts, Sealer sealer)
    : IPeriodicWork
{
    public Task RunAsync(CancellationToken ct) => queue.DrainAsync(Channels.Sms, SendAsync, ct);

    private async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        try
        {
            var contact = message.UserId is { } userId ? await contacts.FindAsync(userId, ct) : null;
            var phone = message.SealedPhone is { } number
                ? sealer.Open(number, message.Id, nameof(OutgoingMessage.SealedPhone))
                : contact?.Phone;
            if (string.IsNullOrEmpty(phone))
                return SendOutcome.Refused("There is no phone number.");
            return await WordAsync(message, contact, ct) is { } text
                ? await infobip.SendAsync(message.Id, phone, text, ct)
                : SendOutcome.TryAgain("The order's code is not known yet.");
        }
        catch (RpcException neighbour)
        {
            return SendOutcome.TryAgain($"A neighbour does not answer: {neighbour.StatusCode}.");
        }
    }

    private async Task<string?> WordAsync(OutgoingMessage message, Contact? contact, CancellationToken ct)
    {
        if (message.SealedText is { } own)
            return sealer.Open(own, message.Id, nameof(OutgoingMessage.SealedText));
        var values = new Dictionary<string, string>(message.Values);
        if (message.Kind == NotificationKind.OrderPickedUp.Name)
        {
            // Read only now: the code never rests in our tables.
            if (message.OrderId is not { } orderId || await orders.FindAsync(orderId, ct) is not { DropCode: { Length: > 0 } code })
                return null;
            values["dropCode"] = code;
        }
        return texts.Of(message.Kind, contact?.Language ?? "", values).Sms;
    }
}
