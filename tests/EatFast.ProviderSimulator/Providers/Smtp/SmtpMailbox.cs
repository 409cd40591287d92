using System.Text;
using EatFast.ProviderSimulator.State;
using MimeKit;

namespace EatFast.ProviderSimulator.Providers.Smtp;

/// <summary>Opens an e-mail so that people and tests can read it: what cannot be parsed is kept as it came.</summary>
internal sealed class SmtpMailbox(Outbox outbox, TimeProvider clock)
{
    public const int MaxBytes = 10 * 1024 * 1024;

    public Guid Keep(string sender, IReadOnlyList<string> recipients, byte[] raw)
    {
        var now = clock.GetUtcNow();
        var received = new Message(Guid.CreateVersion7(now), "email", sender, string.Join(", ", recipients), "ACCEPTED", now) { Raw = raw };
        outbox.Put(Open(received));
        return received.Id;
    }

    private static Message Open(Message received)
    {
        try
        {
            using var stream = new MemoryStream(received.Raw, writable: false);
            using var mime = MimeMessage.Load(stream);
            return received with
            {
                Subject = mime.Subject ?? "",
                Text = mime.TextBody?.TrimEnd() ?? "",
                Html = mime.HtmlBody ?? "",
            };
        }
        catch (FormatException)
        {
            return received with { Text = Encoding.UTF8.GetString(received.Raw) };
        }
    }
}
