using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EatFast.Ordering.Clients;

/// <summary>What the Measurement Protocol takes, from its reference; anything else it would drop without saying so.</summary>
internal static partial class Ga4Limits
{
    public const int MostEvents = 25;
    public const int MostItems = 200;
    public const int LargestBody = 130_000;
    private const int MostParameters = 25;
    private const int LongestValue = 100;

    private static readonly HashSet<string> Reserved =
    [
        "ad_activeview", "ad_click", "ad_exposure", "ad_query", "ad_reward", "adunit_exposure", "dynamic_link_app_open", "dynamic_link_app_update",
        "dynamic_link_first_open", "error", "first_open", "first_visit", "in_app_purchase", "notification_dismiss", "notification_foreground",
        "notification_open", "notification_receive", "notification_send", "os_update", "screen_view", "session_start", "user_engagement"
    ];

    public static bool Allow(string name, JsonObject parameters) => IsName(name) && !Reserved.Contains(name)
        && !name.StartsWith("app_", StringComparison.OrdinalIgnoreCase) && parameters.Count <= MostParameters
        && parameters.All(parameter => IsName(parameter.Key) && IsValue(parameter.Value));

    public static string Short(string value) => value.Length <= LongestValue ? value : value[..LongestValue];

    private static bool IsName(string name) => Name().IsMatch(name) && !OwnPrefix().IsMatch(name);

    private static bool IsValue(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>() is { Length: <= LongestValue } text && !Person().IsMatch(text),
        JsonValueKind.Array => value.AsArray().Count <= MostItems,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => true,
        _ => false
    };

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,39}$")]
    private static partial Regex Name();

    [GeneratedRegex("^(_|firebase_|ga_|google_|gtag)", RegexOptions.IgnoreCase)]
    private static partial Regex OwnPrefix();

    // An e-mail address, or a telephone number of Cameroon.
    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]+|(?<!\w)(\+?237[\s.-]?)?[26](?:[\s.-]?\d){8}(?!\w)")]
    private static partial Regex Person();
}
