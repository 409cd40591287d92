using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Http;

/// <summary>
/// <c>fields=id,name</c> on an answer: the entries of its lists keep those members only, or the object itself where it has no list.
/// What is beside a list, such as pagination, stays, and an empty list stays a list; a name that nothing has keeps nothing.
/// </summary>
public static class FieldSelection
{
    internal static byte[] Keep(byte[] envelope, Type answer, string fields, JsonSerializerOptions json)
    {
        var wanted = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var root = JsonNode.Parse(envelope)!.AsObject();
        if (root["data"] is not JsonObject data)
            return envelope;
        if (Array.Exists(answer.GetProperties(), property => IsList(property.PropertyType)))
            foreach (var entry in data.Select(member => member.Value).OfType<JsonArray>().SelectMany(list => list.OfType<JsonObject>()))
                Prune(entry, wanted);
        else
            Prune(data, wanted);
        return JsonSerializer.SerializeToUtf8Bytes(root, json);
    }

    // Told by the type, because an empty list says nothing about itself; words and numbers have no members to choose from.
    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type)
        && type.GetGenericArguments() is [{ IsClass: true } entry] && entry != typeof(string);

    private static void Prune(JsonObject entry, HashSet<string> wanted)
    {
        foreach (var name in entry.Select(member => member.Key).Where(name => !wanted.Contains(name)).ToList())
            entry.Remove(name);
    }
}
