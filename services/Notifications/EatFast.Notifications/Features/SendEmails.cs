using EatFast.Notifications.Clients;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using Grpc.Core;

namespace EatFast.Notifications.Features;

/// <summary>Twice a second: sends the e-mails that are due, with the order's lines as they are when the mail leaves.</summary>
internal sealed class SendEmails(MessageQueue queue, Contacts contacts, Orders orders, Mail mail, Texts texts, Sealer sealer)
    : IPeriodicWork
{
    public Task RunAsync(CancellationToken ct) => queue.DrainAsync(Channels.Email, SendAsync, ct);

    private async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        try
        {
            if (message is { SealedPhone: { } address, SealedText: { } worded })
                return await SendSecretAsync(message, address, worded, ct);
            if (message.UserId is not { } userId || await contacts.FindAsync(userId, ct) is not { Email.Length: > 0 } contact)
                return SendOutcome.Refused("There is no e-mail address.");
            var values = new Dictionary<string, string>(message.Values) { ["firstName"] = contact.FirstName };
            if (message.OrderId is { } orderId)
            {
                if (await orders.FindAsync(orderId, ct) is not { } order)
                    return SendOutcome.TryAgain("The order is not known yet.");
                Describe(order, values);
            }
            var text = texts.Of(message.Kind, contact.Language, values);
            return await mail.SendAsync(message.Id, contact.Email, text.Title, text.Email!, Texts.Html(text.Email!), ct);
        }
        catch (RpcException neighbour)
        {
            return SendOutcome.TryAgain($"A neighbour does not answer: {neighbour.StatusCode}.");
        }
    }

    private Task<SendOutcome> SendSecretAsync(OutgoingMessage message, string address, string worded, CancellationToken ct)
    {
        var to = sealer.Open(address, message.Id, nameof(OutgoingMessage.SealedPhone));
        var text = sealer.Open(worded, message.Id, nameof(OutgoingMessage.SealedText));
        var title = texts.Of(message.Kind, message.Values.GetValueOrDefault(OutgoingMessage.Language, ""), message.Values).Title;
        return mail.SendAsync(message.Id, to, title, text, Texts.Html(text), ct);
    }

    private static void Describe(OrderDetails order, Dictionary<string, string> values)
    {
        values["restaurantName"] = order.RestaurantName;
        values["deliveryFee"] = Texts.Amount(order.DeliveryFeeXaf);
        values["total"] = Texts.Amount(order.TotalXaf);
        values["lines"] = string.Join(
            '\n', order.Lines.Select(line => $"{line.Quantity} x {line.Name} : {Texts.Amount(line.Quantity * line.UnitPriceXaf)}"));
    }
}
