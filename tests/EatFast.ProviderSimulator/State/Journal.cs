using System.Text.Json;

namespace EatFast.ProviderSimulator.State;

internal sealed record JournalLine(DateTimeOffset At, string Kind, JsonElement Data);

/// <summary>A store that can be rebuilt from the journal.</summary>
internal interface IJournalled
{
    void Restore(JournalLine line);
}

/// <summary>
/// Append-only record of every money movement and message; with it the outside world keeps its memory when this process is killed.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly TimeProvider clock;
    private readonly FileStream? file;
    private readonly Lock gate = new();

    public Journal(IConfiguration configuration, TimeProvider clock)
    {
        this.clock = clock;
        if (configuration["Simulator:Journal"] is not { Length: > 0 } path)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    public void Write(string kind, object data)
    {
        if (file is null)
            return;
        var line = new JournalLine(clock.GetUtcNow(), kind, JsonSerializer.SerializeToElement(data, JsonSerializerOptions.Web));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, JsonSerializerOptions.Web);
        lock (gate)
        {
            file.Seek(0, SeekOrigin.End);
            file.Write([.. bytes, (byte)'\n']);
            file.Flush();
        }
    }

    public void Replay(IEnumerable<IJournalled> stores)
    {
        if (file is null)
            return;
        var targets = stores.ToList();
        lock (gate)
        {
            file.Position = 0;
            using var reader = new StreamReader(file, leaveOpen: true);
            while (reader.ReadLine() is { } text)
                if (Parse(text) is { } line)
                    targets.ForEach(store => store.Restore(line));
            SeekToFreshLine();
        }
    }

    public void Dispose() => file?.Dispose();

    // The last line is torn when the process was killed while writing it: the next one must not be glued to it.
    private void SeekToFreshLine()
    {
        file!.Position = Math.Max(0, file.Length - 1);
        if (file.ReadByte() is not ('\n' or -1))
            file.WriteByte((byte)'\n');
        file.Flush();
    }

    private static JournalLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(text, JsonSerializerOptions.Web) is { Kind: not null } line ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
