using System.Text.Json.Nodes;

namespace EatFast.Fuzz;

/// <summary>One operation of the OpenAPI document, with what is needed to call it almost rightly.</summary>
internal sealed record Operation(string Method, string Path, IReadOnlyList<string> Query, JsonNode? BodySchema);

/// <summary>Reads the operations, and makes bodies that fit a schema except where they are meant not to.</summary>
internal sealed class Operations(JsonNode document)
{
    private const int Deepest = 6;

    public IReadOnlyList<Operation> All { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where operation.Key is "get" or "post" or "put" or "patch" or "delete"
           // Signing out would only make strangers of the signed-in.
           where !path.Key.Contains("logout", StringComparison.Ordinal)
           let parameters = operation.Value!["parameters"] as JsonArray ?? []
           select new Operation(
               operation.Key.ToUpperInvariant(), path.Key,
               [.. parameters.Where(parameter => (string?)parameter?["in"] == "query").Select(parameter => (string)parameter!["name"]!)],
               operation.Value["requestBody"]?["content"]?["application/json"]?["schema"])
    ];

    /// <summary>A body by the schema in which about every third member is nasty, missing or doubled in kind.</summary>
    public string BodyFor(JsonNode? schema, Random random) => Value(schema, random, 0);

    private string Value(JsonNode? schema, Random random, int depth)
    {
        schema = Resolve(schema);
        if (schema is null || depth > Deepest || random.Next(6) == 0)
            return random.Next(2) == 0 ? Pick(Nasty.Values, random) : Quote(Pick(Nasty.Texts, random));
        if (schema["enum"] is JsonArray { Count: > 0 } words && random.Next(2) == 0)
            return words[random.Next(words.Count)]?.ToJsonString() ?? "null";
        var type = schema["type"] is JsonArray types ? (string?)types.FirstOrDefault(one => (string?)one != "null") : (string?)schema["type"];
        return type switch
        {
            "object" => Members(schema, random, depth),
            "array" => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(schema["items"], random, depth + 1)))}]",
            "integer" => $"{random.NextInt64(-10, 1_000_000_000_000)}",
            "number" => FormattableString.Invariant($"{random.NextDouble() * 400 - 200}"),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            _ => random.Next(3) == 0 ? Quote(Pick(Nasty.Texts, random)) : Quote(Plausible((string?)schema["format"], random))
        };
    }

    private string Members(JsonNode schema, Random random, int depth)
    {
        var members = new List<string>();
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
            if (random.Next(8) > 0)
                members.Add($"{Quote(name)}:{Value(member, random, depth + 1)}");
        if (random.Next(10) == 0)
            members.Add($"{Quote(Pick(Nasty.Texts, random))}:{Pick(Nasty.Values, random)}");
        if (random.Next(10) == 0)
            members.Add("\"role\":\"admin\",\"status\":\"active\",\"userId\":\"01990000-0000-7000-8000-000000000001\",\"totalXaf\":0");
        return $"{{{string.Join(',', members)}}}";
    }

    private JsonNode? Resolve(JsonNode? schema)
    {
        for (var hop = 0; hop < Deepest && schema is not null; hop++)
        {
            if ((string?)schema["$ref"] is { } reference)
                schema = document["components"]?["schemas"]?[reference.Split('/')[^1]];
            else if ((schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"]) is JsonArray { Count: > 0 } choices)
                schema = choices.FirstOrDefault(choice => (string?)choice?["type"] != "null");
            else
                return schema;
        }
        return schema;
    }

    private static string Plausible(string? format, Random random) => format switch
    {
        "uuid" => $"{Guid.NewGuid()}",
        "date-time" => "2026-11-23T10:00:00Z",
        _ => random.Next(4) switch { 0 => "someone@example.cm", 1 => "+237677000000", 2 => "Secret-Pass-1", _ => "campay" }
    };

    public static T Pick<T>(T[] from, Random random) => from[random.Next(from.Length)];

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
