using System.Text.Json;

namespace EatFast.ProviderSimulator.Http;

/// <summary>Reads bodies without binding, because each provider has its own words for a body it cannot understand.</summary>
internal static class JsonInput
{
    public static async Task<JsonElement?> ReadObjectAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, default, ct);
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object && IsReadable(root) ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? Text(this JsonElement element, string name) => element.Field(name) switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];

    // A lone surrogate or broken UTF-8 parses well and throws only when the text is fetched: find out here, once.
    private static bool IsReadable(JsonElement root)
    {
        try
        {
            Touch(root);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Touch(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Touch(item);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                Touch(property.Value);
            }
    }
}
