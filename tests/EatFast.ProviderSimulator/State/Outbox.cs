using System.Text.Json;
using System.Text.Json.Serialization;

namespace EatFast.ProviderSimulator.State;

internal sealed record Message(Guid Id, string Channel, string From, string To, string Status, DateTimeOffset At)
{
    public string Subject { get; init; } = "";
    public string Text { get; init; } = "";
    public string Html { get; init; } = "";

    [JsonIgnore]
    public byte[] Raw { get; init; } = [];
}

/// <summary>Every message that left the product, whatever the channel; the oldest are forgotten first.</summary>
internal sealed class Outbox(Journal journal, ChangeFeed changes) : IJournalled
{
    private const int MaxMessages = 5_000;
    private const long MaxRawBytes = 64 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, Message> messages = [];
    private long rawBytes;

    public void Put(Message message)
    {
        journal.Write("message", message);
        lock (gate)
            Store(message);
        changes.Changed();
    }

    public void SetStatus(Guid id, string status)
    {
        if (Find(id) is { } message)
            Put(message with { Status = status });
    }

    public Message? Find(Guid id)
    {
        lock (gate)
            return messages.GetValueOrDefault(id);
    }

    public IReadOnlyList<Message> Newest(string? channel, string? to, int take)
    {
        lock (gate)
            return [.. messages.Values.Reverse()
                .Where(message => string.IsNullOrEmpty(channel) || message.Channel.Equals(channel, StringComparison.OrdinalIgnoreCase))
                .Where(message => string.IsNullOrEmpty(to) || message.To.Contains(to, StringComparison.OrdinalIgnoreCase))
                .Take(take)];
    }

    public void Clear()
    {
        journal.Write("messages.cleared", new { });
        Forget();
        changes.Changed();
    }

    public void Restore(JournalLine line)
    {
        if (line.Kind == "messages.cleared")
            Forget();
        else if (line.Kind == "message" && line.Data.Deserialize<Message>(JsonSerializerOptions.Web) is { } message)
            lock (gate)
                Store(message);
    }

    private void Forget()
    {
        lock (gate)
        {
            messages.Clear();
            rawBytes = 0;
        }
    }

    private void Store(Message message)
    {
        rawBytes += message.Raw.Length - (messages.GetValueOrDefault(message.Id)?.Raw.Length ?? 0);
        messages[message.Id] = message;
        while (messages.Count > MaxMessages || (rawBytes > MaxRawBytes && messages.Count > 1))
        {
            rawBytes -= messages.GetAt(0).Value.Raw.Length;
            messages.RemoveAt(0);
        }
    }
}
