using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.Drills.Checking;

namespace EatFast.Drills.Reading;

/// <summary>The simulator's own journal file: what the provider believes, whatever the product thinks.</summary>
internal static class ProviderBooks
{
    public static (IReadOnlyList<Movement> Movements, IReadOnlyList<SentText> Texts) Read(string journal, DateTimeOffset since)
    {
        var movements = new Dictionary<Guid, Movement>();
        var texts = new HashSet<(string MessageId, string OutboxId)>();
        foreach (var line in Lines(journal))
        {
            var data = line["data"]!;
            if ((string?)line["kind"] == "campay.transaction" && (DateTimeOffset)data["createdAt"]! >= since)
                movements[(Guid)data["reference"]!] = MovementOf(data);
            else if ((string?)line["kind"] == "infobip.sms" && (DateTimeOffset)data["sentAt"]! >= since)
                texts.Add(((string)data["messageId"]!, (string)data["outboxId"]!));
        }
        return ([.. movements.Values], [.. texts.Select(text => new SentText(text.MessageId))]);
    }

    private static Movement MovementOf(JsonNode data) => new(
        (Guid)data["reference"]!, (string)data["endpoint"]!, (string)data["status"]!, (long)data["amountXaf"]!,
            (string)data["externalReference"]!);

    // The last line may just be being written.
    private static IEnumerable<JsonNode> Lines(string journal)
    {
        if (!File.Exists(journal))
            yield break;
        using var file = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } text)
            if (Parse(text) is { } line)
                yield return line;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
