using System.Net.Sockets;
using System.Text;
using EatFast.ProviderSimulator.Providers.Smtp;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace EatFast.ProviderSimulator.Tests;

public sealed class SmtpTests : IAsyncDisposable
{
    private readonly Simulator simulator = new();

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Fact]
    public async Task MailKit_signs_in_and_its_message_is_shown_decoded()
    {
        var text = "Votre commande est prête.\n.\n.. et cette ligne commence par des points\nMerci !";
        await SendAsync(client => client.AuthenticateAsync("user", "password", Simulator.Ct), text);

        var message = Assert.Single((await simulator.ControlAsync("messages?channel=email&to=AMINA@example.cm")).EnumerateArray());
        Assert.Equal("Votre reçu n° 7 – 1 500 FCFA", message.Text("subject"));
        Assert.Equal(text, message.Text("text"));
        Assert.Equal("<p>Merci !</p>", message.Text("html")!.TrimEnd());
        Assert.Equal(("no-reply@eatfast.cm", "amina@example.cm"), (message.Text("from"), message.Text("to")));
        var raw = await simulator.Open().GetStringAsync($"/control/messages/{message.Text("id")}/raw", Simulator.Ct);
        Assert.Contains("multipart/alternative", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_by_LOGIN_works() =>
        await SendAsync(client => client.AuthenticateAsync(new SaslMechanismLogin("user", "password"), Simulator.Ct), "Hello");

    [Fact]
    public async Task A_recipient_without_mailbox_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() =>
            SendAsync(_ => Task.CompletedTask, "Hello", "x@undeliverable.test"));

        Assert.Equal(SmtpStatusCode.MailboxUnavailable, refusal.StatusCode);
        Assert.Empty((await simulator.ControlAsync("messages")).EnumerateArray());
    }

    [Fact]
    public async Task A_message_over_ten_megabytes_is_refused()
    {
        var tooBig = new string('x', 70) + "\r\n";

        await Assert.ThrowsAsync<SmtpCommandException>(() =>
            SendAsync(_ => Task.CompletedTask, string.Concat(Enumerable.Repeat(tooBig, 160_000))));

        Assert.Empty((await simulator.ControlAsync("messages")).EnumerateArray());
    }

    [Theory]
    [InlineData("RCPT TO:<a@b.cm>", "503")]
    [InlineData("DATA", "503")]
    [InlineData("MAIL FROM:<a@b.cm>", "503")]
    [InlineData("EHLO", "501")]
    [InlineData("NONSENSE", "500")]
    [InlineData("", "500")]
    [InlineData("STARTTLS", "502")]
    [InlineData("NOOP", "250")]
    [InlineData("QUIT", "221")]
    [InlineData("EHLO x\r\nMAIL FROM:nobody", "501")]
    [InlineData("EHLO x\r\nMAIL FROM:<> SIZE=99999999999", "552")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<nobody>", "501")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRSET\r\nRCPT TO:<a@b.cm>", "503")]
    [InlineData("EHLO x\r\nAUTH PLAIN !!!", "501")]
    [InlineData("EHLO x\r\nAUTH CRAM-MD5", "504")]
    [InlineData("EHLO x\r\nAUTH LOGIN\r\ndXNlcg==\r\ncGFzcw==", "235")]
    public async Task Commands_are_answered_by_the_book(string commands, string code)
    {
        var lines = await TalkAsync(commands + "\r\n");

        Assert.StartsWith(code, lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_end_is_cut_off()
    {
        var lines = await TalkAsync(new string('x', 20_000));

        Assert.StartsWith("500", lines[^1], StringComparison.Ordinal);
    }

    private async Task SendAsync(Func<SmtpClient, Task> signIn, string text, string to = "amina@example.cm")
    {
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("EatFast", "no-reply@eatfast.cm"));
        message.To.Add(new MailboxAddress("Amina", to));
        message.Subject = "Votre reçu n° 7 – 1 500 FCFA";
        message.Body = new BodyBuilder { TextBody = text, HtmlBody = "<p>Merci !</p>" }.ToMessageBody();
        var (host, port) = Address();
        using var client = new SmtpClient();
        await client.ConnectAsync(host, port, SecureSocketOptions.None, Simulator.Ct);
        await signIn(client);
        await client.SendAsync(message, Simulator.Ct);
        await client.DisconnectAsync(quit: true, Simulator.Ct);
    }

    private async Task<string[]> TalkAsync(string text)
    {
        var (host, port) = Address();
        using var client = new TcpClient(host, port);
        var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Simulator.Ct);
        client.Client.Shutdown(SocketShutdown.Send);
        return (await reader.ReadToEndAsync(Simulator.Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private (string Host, int Port) Address()
    {
        var address = simulator.Services.GetRequiredService<SmtpServer>().Address;
        return (address.Address.ToString(), address.Port);
    }
}
