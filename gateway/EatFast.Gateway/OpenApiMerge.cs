using System.Text.Json.Nodes;

namespace EatFast.Gateway;

/// <summary>
/// Merges the services' documents. Schemas that share a name but not their meaning are both kept: the later gets its service's prefix.
/// </summary>
internal static class OpenApiMerge
{
    private const string SchemaPrefix = "#/components/schemas/";
    private static readonly string[] Sections = ["responses", "parameters", "examples", "requestBodies", "headers"];

    public static JsonObject Merge(IEnumerable<(string Service, JsonObject? Document)> parts)
    {
        var (paths, schemas, components, tags) = (new JsonObject(), new JsonObject(), new JsonObject(), new JsonArray());
        var unavailable = new JsonArray();
        foreach (var (service, document) in parts)
        {
            if (document is null)
            {
                unavailable.Add(service);
                continue;
            }
            Rename(document, ConflictsOf(document, schemas), service);
            AddMissing(schemas, document["components"]?["schemas"] as JsonObject);
            foreach (var section in Sections)
                if (document["components"]?[section] is JsonObject added)
                    AddMissing(Child(components, section), added);
            AddPaths(paths, document["paths"] as JsonObject);
            AddTags(tags, document["tags"] as JsonArray);
        }
        components["schemas"] = schemas;
        components["securitySchemes"] = new JsonObject
        {
            ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" }
        };
        var merged = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "EatFast API", ["version"] = "v1" },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = components,
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = tags
        };
        if (unavailable.Count > 0)
            merged["x-unavailable"] = unavailable;
        return merged;
    }

    // A schema that mentions a renamed one means something else too, so the search goes on until nothing new is found.
    private static HashSet<string> ConflictsOf(JsonObject document, JsonObject known)
    {
        var conflicts = new HashSet<string>();
        if (document["components"]?["schemas"] is not JsonObject own)
            return conflicts;
        var shared = own.Where(schema => known.ContainsKey(schema.Key)).ToList();
        int before;
        do
        {
            before = conflicts.Count;
            foreach (var (name, schema) in shared)
                if (!JsonNode.DeepEquals(schema, known[name]) || ReferencesOf(schema).Select(NameOf).Any(conflicts.Contains))
                    conflicts.Add(name);
        }
        while (conflicts.Count > before);
        return conflicts;
    }

    private static void Rename(JsonObject document, HashSet<string> conflicts, string service)
    {
        if (conflicts.Count == 0)
            return;
        var prefix = char.ToUpperInvariant(service[0]) + service[1..];
        foreach (var reference in ReferencesOf(document).Where(reference => conflicts.Contains(NameOf(reference))).ToList())
            reference.ReplaceWith(SchemaPrefix + prefix + NameOf(reference));
        var schemas = (JsonObject)document["components"]!["schemas"]!;
        foreach (var name in conflicts)
            if (schemas.Remove(name, out var schema))
                schemas[prefix + name] = schema;
    }

    private static IEnumerable<JsonValue> ReferencesOf(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member is { Key: "$ref", Value: JsonValue reference } && NameOf(reference).Length > 0
                ? [reference]
                : ReferencesOf(member.Value)),
        JsonArray items => items.SelectMany(ReferencesOf),
        _ => []
    };

    private static string NameOf(JsonValue reference) =>
        reference.TryGetValue<string>(out var path) && path.StartsWith(SchemaPrefix, StringComparison.Ordinal)
            ? path[SchemaPrefix.Length..]
            : "";

    private static void AddPaths(JsonObject merged, JsonObject? paths)
    {
        foreach (var (path, operations) in paths ?? [])
            AddMissing(Child(merged, path), operations as JsonObject);
    }

    private static void AddTags(JsonArray merged, JsonArray? tags)
    {
        foreach (var tag in tags ?? [])
            if (!merged.Any(known => (string?)known!["name"] == (string?)tag!["name"]))
                merged.Add(tag!.DeepClone());
    }

    private static void AddMissing(JsonObject target, JsonObject? source)
    {
        foreach (var (name, value) in source ?? [])
            if (!target.ContainsKey(name))
                target[name] = value?.DeepClone();
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
            return child;
        child = [];
        parent[name] = child;
        return child;
    }
}
