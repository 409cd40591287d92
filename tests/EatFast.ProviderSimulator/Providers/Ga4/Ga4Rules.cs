using System.Text.Json;
using System.Text.RegularExpressions;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.Ga4;

internal sealed record Ga4Message(string FieldPath, string Description, string ValidationCode);

/// <summary>The rules that the debug endpoint applies.</summary>
internal static partial class Ga4Rules
{
    private static readonly string[] NeedItems = ["add_to_cart", "remove_from_cart", "view_cart", "begin_checkout", "purchase"];

    public static IReadOnlyList<Ga4Message> Judge(JsonElement? body)
    {
        if (body is not { } request)
            return [new("", "The body is not a JSON object.", "VALUE_INVALID")];
        var found = new List<Ga4Message>();
        if (request.Text("client_id") is not { Length: > 0 })
            found.Add(new("client_id", "A client id is required.", "VALUE_REQUIRED"));
        var events = request.Items("events");
        if (events.Count == 0)
            found.Add(new("events", "At least one event is required.", "VALUE_REQUIRED"));
        if (events.Count > 25)
            found.Add(new("events", "More than 25 events.", "EXCEEDED_MAX_ENTITIES"));
        if (request.GetRawText().Length >= 130_000)
            found.Add(new("", "The body is too large.", "VALUE_OUT_OF_BOUNDS"));
        foreach (var told in events)
            JudgeEvent(told, found);
        return found;
    }

    private static void JudgeEvent(JsonElement told, List<Ga4Message> found)
    {
        var name = told.Text("name") ?? "";
        if (!Name().IsMatch(name))
            found.Add(new("events.name", $"'{name}' is no name of an event.", "NAME_INVALID"));
        else if (ReservedName().IsMatch(name))
            found.Add(new("events.name", $"'{name}' is reserved.", "NAME_RESERVED"));
        if (told.Field("params") is not { ValueKind: JsonValueKind.Object } parameters)
            return;
        if (parameters.EnumerateObject().Count() > 25)
            found.Add(new("events.params", $"'{name}' has more than 25 parameters.", "EXCEEDED_MAX_ENTITIES"));
        foreach (var parameter in parameters.EnumerateObject())
            JudgeParameter(name, parameter, found);
        if (parameters.Field("value") is not null && parameters.Text("currency") is null)
            found.Add(new("events.params.currency", $"'{name}' has a value without a currency.", "VALUE_REQUIRED"));
        if (name is "purchase" or "refund" && parameters.Text("transaction_id") is null)
            found.Add(new("events.params.transaction_id", $"'{name}' needs a transaction.", "VALUE_REQUIRED"));
        if (NeedItems.Contains(name) && parameters.Items("items") is not { Count: > 0 and <= 200 })
            found.Add(new("events.params.items", $"'{name}' needs 1 to 200 items.", "VALUE_REQUIRED"));
        if (parameters.Items("items").Any(item => item.Text("item_id") is null && item.Text("item_name") is null))
            found.Add(new("events.params.items", "An item needs an id or a name.", "VALUE_REQUIRED"));
    }

    private static void JudgeParameter(string name, JsonProperty parameter, List<Ga4Message> found)
    {
        if (!Name().IsMatch(parameter.Name) || ReservedPrefix().IsMatch(parameter.Name))
            found.Add(new($"events.params.{parameter.Name}", $"'{name}' has a parameter with an invalid name.", "NAME_INVALID"));
        if (parameter.Value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length > 100)
            found.Add(new($"events.params.{parameter.Name}", "Longer than 100 characters.", "VALUE_OUT_OF_BOUNDS"));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,39}$")]
    private static partial Regex Name();

    [GeneratedRegex("^(_|firebase_|ga_|google_|gtag)")]
    private static partial Regex ReservedPrefix();

    [GeneratedRegex("^(app_.*|session_start|first_visit|first_open|user_engagement|error|firebase_.*|ga_.*|google_.*)$")]
    private static partial Regex ReservedName();
}
