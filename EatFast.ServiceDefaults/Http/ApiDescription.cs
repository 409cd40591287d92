using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EatFast.Http;

/// <summary>
/// Completes the OpenAPI document: an example for every plain value, by its name and type, whole bodies from a service's Examples.json, and
/// the answers that routes have in common.
/// </summary>
internal sealed class ApiDescription : IOpenApiSchemaTransformer, IOpenApiOperationTransformer
{
    private const string Id = "01990000-0000-7000-8000-100100000000";
    private const string Moment = "2026-11-23T12:30:00+01:00";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["email"] = "awa@example.cm",
        ["phone"] = "+237677123456",
        ["phoneNumber"] = "+237677123456",
        ["password"] = "Un-secret-de-2026",
        ["firstName"] = "Awa",
        ["lastName"] = "Ngono",
        ["name"] = "Ndolé aux crevettes",
        ["description"] = "Feuilles de ndolé, arachides, crevettes",
        ["city"] = "douala",
        ["district"] = "Bonanjo",
        ["street"] = "Rue Joss 12",
        ["landmark"] = "En face de la poste",
        ["instructions"] = "Appeler en arrivant",
        ["specialInstructions"] = "Sans piment",
        ["currency"] = "XAF",
        ["language"] = "fr",
        ["role"] = "customer",
        ["status"] = "confirmed",
        ["reason"] = "Changement de plan",
        ["comment"] = "Très bon",
        ["paymentMethod"] = "mobile_money",
        ["method"] = "mobile_money",
        ["provider"] = "campay",
        ["promoCode"] = "BIENVENUE",
        ["orderNumber"] = "EF-261123-GBNQ",
        ["message"] = "Votre commande est en route.",
        ["title"] = "Commande en route"
    };

    private static readonly ConcurrentDictionary<Assembly, JsonObject> Bodies = new();

    private static readonly (string Part, double Value)[] Numbers =
    [
        ("latitude", 4.05), ("longitude", 9.7), ("rating", 5), ("quantity", 2), ("percent", 15), ("page", 1), ("limit", 20), ("minutes", 20),
        ("time", 20), ("points", 120), ("radius", 5), ("distance", 2.4), ("count", 3), ("order", 1), ("version", 1)
    ];

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { } property && schema.Examples is null && ExampleOf(property.Name, schema) is { } example)
            schema.Examples = [example];
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            if (parameter.Schema is OpenApiSchema schema)
                parameter.Example ??= ExampleOf(parameter.Name ?? "", schema);
        var responses = operation.Responses ??= [];
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            responses.TryAdd("401", new OpenApiResponse { Description = "Nobody is signed in, or no longer." });
            responses.TryAdd("403", new OpenApiResponse { Description = "The caller's role may not do this." });
        }
        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
            responses.TryAdd("404", new OpenApiResponse { Description = "There is no such thing, or it is not the caller's." });
        if (context.Description.HttpMethod is not "GET")
            responses.TryAdd("409", new OpenApiResponse { Description = "The rules forbid it now: error_code says which." });
        if (operation.RequestBody is not null)
            responses.TryAdd("422", new OpenApiResponse { Description = "Understood, but impossible: error_code says why." });
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true && BodyOf(operation, metadata) is { } example)
            body.Example = example;
        responses.TryAdd("429", new OpenApiResponse { Description = "Too many calls: Retry-After says when to come back." });
        responses.TryAdd("503", new OpenApiResponse { Description = "A part is away: the same call, with the same Idempotency-Key, succeeds later." });
        return Task.CompletedTask;
    }

    private static JsonNode? BodyOf(OpenApiOperation operation, IEnumerable<object> metadata)
    {
        if (metadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType?.Assembly is not { } service)
            return null;
        var all = Bodies.GetOrAdd(service, assembly =>
        {
            using var file = assembly.GetManifestResourceStream("Examples.json");
            return file is null ? [] : JsonNode.Parse(file)!.AsObject();
        });
        return all[operation.OperationId ?? ""]?.DeepClone();
    }

    private static JsonNode? ExampleOf(string name, OpenApiSchema schema)
    {
        if (schema.Enum is [{ } first, ..])
            return first.DeepClone();
        var type = schema.Type & ~JsonSchemaType.Null;
        if (type is { } either && either.HasFlag(JsonSchemaType.Integer))
            type = JsonSchemaType.Integer;
        return type switch
        {
            JsonSchemaType.Boolean => true,
            JsonSchemaType.Integer => (long)Within(NumberFor(name), schema),
            JsonSchemaType.Number => Within(NumberFor(name), schema),
            JsonSchemaType.String => TextFor(name, schema),
            _ => null
        };
    }

    private static JsonNode? TextFor(string name, OpenApiSchema schema) => schema.Format switch
    {
        "uuid" => Id,
        "date-time" => Moment,
        "date" => Moment[..10],
        // A value that its own pattern refuses would be worse than none.
        _ when schema.Pattern is not null => null,
        _ when Texts.TryGetValue(name, out var text) && text.Length <= (schema.MaxLength ?? int.MaxValue) => text,
        _ when name.EndsWith("Url", StringComparison.Ordinal) => "https://eatfast.cm/images/ndole-320.webp",
        _ => null
    };

    private static double NumberFor(string name)
    {
        var known = Array.Find(Numbers, number => name.Contains(number.Part, StringComparison.OrdinalIgnoreCase));
        return known.Part is null ? 3_500 : known.Value;
    }

    private static double Within(double value, OpenApiSchema schema)
    {
        var (least, most) = (BoundOf(schema.Minimum, double.MinValue), BoundOf(schema.Maximum, double.MaxValue));
        return Math.Clamp(value, least, most);
    }

    private static double BoundOf(string? bound, double without) =>
        double.TryParse(bound, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : without;
}
