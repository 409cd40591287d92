using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Http;

/// <summary>
/// <c>fields=id,name</c> on an answer: the entries of its lists keep those members only, or the object itself where it has no list.
/// What is beside a list, such as pagination, stays; a name that nothing has keeps nothing.
/// </summary>
public static class FieldSelection
{
    internal static byte[] Keep(byte[] envelope, string fields, JsonSerializerOptions json)
    {
        var wanted = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var root = JsonNode.Parse(envelope)!.AsObject();
        if (root["data"] is not JsonObject data)
            return envelope;
        var lists = data.Select(member => member.Value).OfType<JsonArray>().Where(list => list.Any(entry => entry is JsonObject)).ToList();
        foreach (var entry in lists.Count > 0 ? lists.SelectMany(list => list.OfType<JsonObject>()) : [data])
            Prune(entry, wanted);
        return JsonSerializer.SerializeToUtf8Bytes(root, json);
    }

    private static void Prune(JsonObject entry, HashSet<string> wanted)
    {
        foreach (var name in entry.Select(member => member.Key).Where(name => !wanted.Contains(name)).ToList())
            entry.Remove(name);
    }
}
