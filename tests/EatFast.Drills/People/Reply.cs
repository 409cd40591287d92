using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Drills.People;

/// <summary>What came back for one attempt; status 0 when nothing did.</summary>
internal sealed record Reply(int Status, string Body, string? Hash, TimeSpan Took, bool HasRetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>An outage: worth the same call with the same key once more.</summary>
    public bool IsOutage => Status is 0 or 502 or 503 or 504;

    public JsonNode? Data => Parse()?["data"];

    public string? Code => (string?)Parse()?["error_code"];

    private JsonNode? Parse()
    {
        try
        {
            return Body.Length == 0 ? null : JsonNode.Parse(Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
