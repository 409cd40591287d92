using System.Net.Sockets;
using EatFast.Notifications.Domain;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace EatFast.Notifications.Clients;

/// <summary>E-mails by SMTP, one connection each; the Message-Id comes from our row, so that a repeat shows as one mail.</summary>
internal sealed class Mail(MailOptions options, TimeProvider clock)
{
    private const string DailyLimitReached = "5.4.5";
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(5);

    public async Task<SendOutcome> SendAsync(Guid messageId, string address, string subject, string text, string html, CancellationToken ct)
    {
        if (!MailboxAddress.TryParse(address, out var recipient))
            return SendOutcome.Refused("The e-mail address is malformed.");
        using var message = MessageOf(messageId, recipient, subject, text, html);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(SendTimeout);
        try
        {
            await TransferAsync(message, limit.Token);
            return SendOutcome.Sent;
        }
        catch (SmtpCommandException refused) when (IsFinal(refused))
        {
            return SendOutcome.Refused($"The mail server refused: {(int)refused.StatusCode}.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SendOutcome.TryAgain("The mail server did not answer in time.");
        }
        catch (Exception failed) when (failed is SmtpCommandException or SmtpProtocolException or AuthenticationException
            or SslHandshakeException or NotSupportedException or IOException or SocketException)
        {
            return SendOutcome.TryAgain($"The mail server cannot be used now: {failed.GetType().Name}.");
        }
    }

    private async Task TransferAsync(MimeMessage message, CancellationToken ct)
    {
        using var socket = await ConnectAsync(ct);
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync(socket, options.Host, options.Port, Security, ct);
        if (options.User is { Length: > 0 } user)
            await smtp.AuthenticateAsync(user, options.Password ?? "", ct);
        await smtp.SendAsync(message, ct);
        await smtp.DisconnectAsync(quit: true, CancellationToken.None);
    }

    // A password never travels in the clear.
    private SecureSocketOptions Security => options switch
    {
        { Port: 465 } => SecureSocketOptions.SslOnConnect,
        { User.Length: > 0 } => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable
    };

    private async Task<Socket> ConnectAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ConnectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, limit.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private MimeMessage MessageOf(Guid messageId, MailboxAddress recipient, string subject, string text, string html)
    {
        var sender = MailboxAddress.Parse(options.From);
        return new MimeMessage
        {
            MessageId = $"{messageId:N}@{sender.Domain}",
            Date = clock.GetUtcNow(),
            Subject = subject,
            From = { sender },
            To = { recipient },
            Body = new BodyBuilder { TextBody = text, HtmlBody = html }.ToMessageBody()
        };
    }

    private static bool IsFinal(SmtpCommandException refused) =>
        (int)refused.StatusCode >= 500
        && refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
        && !refused.Message.Contains(DailyLimitReached, StringComparison.Ordinal);
}
