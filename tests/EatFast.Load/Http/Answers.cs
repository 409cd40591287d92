using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EatFast.Load.Http;

/// <summary>What came back for one attempt; status 0 when nothing did. The body is read only where somebody looks into it.</summary>
internal sealed record Answer(int Status, byte[] Body, bool Replayed, TimeSpan? RetryAfter, string? Failure)
{
    public bool IsGood => Status is >= 200 and < 300;

    public string? ErrorCode => IsGood || Status == 0 ? null : Json.Find(Body, "error_code", depth: 1);

    /// <summary>Worth another try with the same key: nobody was there, too busy, or somebody else changed the same row just now.</summary>
    public bool IsOutage => Status is 0 or 429 or >= 500
        || (Status == 409 && ErrorCode is "IDEMPOTENCY_IN_PROGRESS" or "CONCURRENT_CHANGE");

    /// <summary>A text member of the answer's data.</summary>
    public string? Data(string member) => Json.Find(Body, member, depth: 2);

    public long? Number(string member) =>
        long.TryParse(Json.Find(Body, member, depth: 2, JsonTokenType.Number), CultureInfo.InvariantCulture, out var number) ? number : null;

    public Guid? DataId(string member) => Guid.TryParse(Data(member), out var id) ? id : null;
}

/// <summary>Looks for one member without building a document.</summary>
internal static class Json
{
    public static string? Find(ReadOnlySpan<byte> json, string member, int depth, JsonTokenType type = JsonTokenType.String)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (reader.CurrentDepth == depth && reader.ValueTextEquals(member))
                    return reader.Read() && reader.TokenType == type ? TextOf(reader) : null;
                if (reader.CurrentDepth >= depth)
                    reader.Skip();
            }
        }
        catch (JsonException)
        {
            // A proxy's plain-text answer has no members.
        }
        return null;
    }

    private static string? TextOf(Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : Encoding.UTF8.GetString(reader.ValueSpan);
}
