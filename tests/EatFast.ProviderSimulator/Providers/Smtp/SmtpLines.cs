using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace EatFast.ProviderSimulator.Providers.Smtp;

/// <summary>Lines of bytes in, lines of text out; a silent client is dropped after five minutes, as RFC 5321 has it.</summary>
internal sealed class SmtpLines(Stream stream, TimeProvider clock)
{
    private const long MaxDrained = 1_048_576;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly PipeReader reader = PipeReader.Create(stream);

    public async Task WriteAsync(string text, CancellationToken ct) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), ct);

    /// <summary>Gives null at the end of the stream, and throws InvalidDataException for a line longer than the limit.</summary>
    public async Task<byte[]?> ReadAsync(int limit, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        while (true)
        {
            var result = await reader.ReadAsync(either.Token);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = result.Buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line is [.. var text, (byte)'\r'] ? text : line;
            }

            if (result.Buffer.Length > limit)
                throw new InvalidDataException("Line too long");
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
                return null;
        }
    }

    // Closing a socket with unread bytes resets it, and the client would never see the last reply.
    public async Task DrainAsync(CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        for (var drained = 0L; drained < MaxDrained;)
        {
            var result = await reader.ReadAsync(either.Token);
            drained += result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
    }
}
