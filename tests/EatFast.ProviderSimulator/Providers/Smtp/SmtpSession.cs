using System.Text;
using System.Text.RegularExpressions;

namespace EatFast.ProviderSimulator.Providers.Smtp;

/// <summary>One conversation by RFC 5321. The domain undeliverable.test has no mailboxes: its recipients are refused.</summary>
internal sealed partial class SmtpSession(SmtpLines lines, SmtpMailbox mailbox)
{
    private const int MaxCommand = 8_192;
    private const int MaxDataLine = 1_048_576;
    private const int MaxRecipients = 100;
    private const int MaxMistakes = 20;
    private const string UndeliverableDomain = "@undeliverable.test";
    private const string BadSequence = "503 5.5.1 Bad sequence of commands";

    private readonly List<string> recipients = [];
    private string? sender;
    private bool isGreeted;
    private bool isOver;

    public async Task RunAsync(CancellationToken ct)
    {
        await lines.WriteAsync("220 eatfast-simulator ESMTP ready", ct);
        var mistakes = 0;
        try
        {
            while (!isOver && await lines.ReadAsync(MaxCommand, ct) is { } line)
            {
                var reply = await AnswerAsync(Encoding.UTF8.GetString(line), ct);
                mistakes += reply.StartsWith("50", StringComparison.Ordinal) ? 1 : 0;
                isOver |= mistakes == MaxMistakes;
                await lines.WriteAsync(isOver && mistakes == MaxMistakes ? "421 4.7.0 Too many errors" : reply, ct);
            }
        }
        catch (InvalidDataException)
        {
            await lines.WriteAsync("500 5.5.2 Line too long", ct);
            await lines.DrainAsync(ct);
        }
    }

    private async Task<string> AnswerAsync(string line, CancellationToken ct)
    {
        var (verb, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second.Trim()) : (line, "");
        return verb.ToUpperInvariant() switch
        {
            "EHLO" => Greet(rest, "250-eatfast-simulator\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n"
                + $"250-AUTH PLAIN LOGIN\r\n250 SIZE {SmtpMailbox.MaxBytes}"),
            "HELO" => Greet(rest, "250 eatfast-simulator"),
            "AUTH" => await AuthenticateAsync(rest, ct),
            "MAIL" => Begin(rest),
            "RCPT" => AddRecipient(rest),
            "DATA" => await TakeMessageAsync(rest, ct),
            "RSET" => Reset(),
            "NOOP" => "250 2.0.0 Ok",
            "VRFY" => "252 2.1.5 Send some mail, it will be shown",
            "HELP" => "214 2.0.0 See RFC 5321",
            "QUIT" => Leave(),
            "STARTTLS" or "EXPN" or "BDAT" or "ETRN" => "502 5.5.1 Command not implemented",
            _ => "500 5.5.2 Command not recognized",
        };
    }

    private string Greet(string name, string reply)
    {
        if (name.Length == 0)
            return "501 5.5.4 A host name is required";
        isGreeted = true;
        Reset();
        return reply;
    }

    private string Reset()
    {
        sender = null;
        recipients.Clear();
        return "250 2.0.0 Ok";
    }

    private string Leave()
    {
        isOver = true;
        return "221 2.0.0 Bye";
    }

    private async Task<string> AuthenticateAsync(string rest, CancellationToken ct)
    {
        if (!isGreeted)
            return BadSequence;
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var initial = words.ElementAtOrDefault(1);
        string?[] answers;
        switch (words.FirstOrDefault()?.ToUpperInvariant())
        {
            case "PLAIN":
                answers = [initial ?? await AskAsync("", ct)];
                break;
            case "LOGIN":
                answers = [initial ?? await AskAsync("VXNlcm5hbWU6", ct), await AskAsync("UGFzc3dvcmQ6", ct)];
                break;
            default:
                return "504 5.5.4 Only PLAIN and LOGIN are offered";
        }

        return Array.TrueForAll(answers, IsBase64) ? "235 2.7.0 Accepted" : "501 5.5.2 Not base64";
    }

    // A lone equals sign stands for an empty answer.
    private static bool IsBase64(string? answer) =>
        answer is "=" || (answer is { Length: > 0 } && Convert.TryFromBase64String(answer, new byte[answer.Length], out _));

    private async Task<string?> AskAsync(string challenge, CancellationToken ct)
    {
        await lines.WriteAsync($"334 {challenge}", ct);
        return await lines.ReadAsync(MaxCommand, ct) is { } line ? Encoding.UTF8.GetString(line).Trim() : null;
    }

    private string Begin(string rest)
    {
        if (!isGreeted || sender is not null)
            return BadSequence;
        if (From().Match(rest) is not { Success: true } match)
            return "501 5.5.4 Syntax: MAIL FROM:<address>";
        var size = Size().Match(rest);
        if (size.Success && !(long.TryParse(size.Groups[1].Value, out var bytes) && bytes <= SmtpMailbox.MaxBytes))
            return "552 5.3.4 Message too big";
        sender = match.Groups[1].Value;
        return "250 2.1.0 Ok";
    }

    private string AddRecipient(string rest)
    {
        if (sender is null)
            return BadSequence;
        if (To().Match(rest) is not { Success: true } match)
            return "501 5.1.3 Syntax: RCPT TO:<address>";
        var address = match.Groups[1].Value;
        if (address.EndsWith(UndeliverableDomain, StringComparison.OrdinalIgnoreCase))
            return "550 5.1.1 No such user";
        if (recipients.Count == MaxRecipients)
            return "452 4.5.3 Too many recipients";
        recipients.Add(address);
        return "250 2.1.5 Ok";
    }

    private async Task<string> TakeMessageAsync(string rest, CancellationToken ct)
    {
        if (rest.Length > 0)
            return "501 5.5.4 DATA has no argument";
        if (sender is null || recipients.Count == 0)
            return BadSequence;
        await lines.WriteAsync("354 End with a dot on a line of its own", ct);
        using var content = new MemoryStream();
        while (true)
        {
            // A client that leaves before the dot has sent nothing.
            if (await lines.ReadAsync(MaxDataLine, ct) is not { } line)
                return Leave();
            if (line is [(byte)'.'])
                break;
            if (content.Length > SmtpMailbox.MaxBytes)
                continue;
            // A leading dot was doubled by the sender.
            content.Write(line is [(byte)'.', .. var unstuffed] ? unstuffed : line);
            content.Write("\r\n"u8);
        }

        var reply = content.Length > SmtpMailbox.MaxBytes
            ? "552 5.3.4 Message too big"
            : $"250 2.0.0 Ok: queued as {mailbox.Keep(sender, recipients, content.ToArray())}";
        Reset();
        return reply;
    }

    [GeneratedRegex(@"\AFROM:\s*<([^<>\s]*)>(\s|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"\ATO:\s*<([^<>\s@]+@[^<>\s@]+)>(\s|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex To();

    [GeneratedRegex(@"\sSIZE=(\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
