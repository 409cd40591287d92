using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EatFast.Load;

/// <summary>
/// One line of the journal: a call that changes something was sent, was answered, or stayed without an answer. Every attempt has
/// its own lines, and a sent line is on the disk before the request leaves, so whatever the system knows has a line here.
/// </summary>
public sealed record JournalRecord
{
    public const string Sent = "sent";
    public const string Answered = "answered";
    public const string Lost = "lost";

    private static readonly JournalJson Format = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    });

    public required DateTimeOffset At { get; init; }

    /// <summary>Sent, Answered or Lost.</summary>
    public required string Event { get; init; }

    /// <summary>Which run wrote it; several runs may share a file.</summary>
    public required string Run { get; init; }

    /// <summary>The order's place in its run, counted from one.</summary>
    public required int Flow { get; init; }

    /// <summary>One of <see cref="Calls"/>.</summary>
    public required string Call { get; init; }

    /// <summary>From one; all attempts of a call carry the same key and body.</summary>
    public required int Attempt { get; init; }

    /// <summary>The user id of who calls.</summary>
    public required Guid Principal { get; init; }

    public string? Key { get; init; }

    public string? Method { get; init; }

    public string? Path { get; init; }

    /// <summary>With Sent: the request's JSON.</summary>
    public string? Body { get; init; }

    /// <summary>With Answered.</summary>
    public int? Status { get; init; }

    /// <summary>With Answered: SHA-256 of the answer's bytes, in hexadecimal.</summary>
    public string? AnswerHash { get; init; }

    /// <summary>With Answered: the service said that this is the stored answer of an earlier request with this key.</summary>
    public bool Replayed { get; init; }

    /// <summary>With Answered and a refusal: the stable error code.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The order that the call is about, as soon as it is known.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>With the answer of a payment.</summary>
    public Guid? PaymentId { get; init; }

    /// <summary>With Lost: timeout or connection.</summary>
    public string? Failure { get; init; }

    public static IEnumerable<JournalRecord> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
            if (Parse(line) is { } record)
                yield return record;
    }

    // The last line of a run that was killed may be torn; everything before it is whole.
    private static JournalRecord? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Format.JournalRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void WriteTo(Stream file)
    {
        JsonSerializer.Serialize(file, this, Format.JournalRecord);
        file.WriteByte((byte)'\n');
    }
}

[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
