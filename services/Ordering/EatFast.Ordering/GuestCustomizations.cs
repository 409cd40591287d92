using System.Text.Json;

namespace EatFast.Ordering;

/// <summary>Guests' clients send choices as a list, as a text that holds that list, or as words for the cook: all three are understood.</summary>
internal static class GuestCustomizations
{
    private const int LongestNote = 300;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static (IReadOnlyList<PlaceOrderChoice> Choices, string? Note) Read(JsonElement? sent) => sent switch
    {
        { ValueKind: JsonValueKind.Array } list => (ChoicesOf(list.GetRawText()) ?? [], null),
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } words =>
            ChoicesOf(words) is { } choices ? (choices, null) : ([], Short(words)),
        _ => ([], null)
    };

    // Never through the middle of a character.
    private static string Short(string words) => words.Length <= LongestNote
        ? words
        : words[..(char.IsHighSurrogate(words[LongestNote - 1]) ? LongestNote - 1 : LongestNote)];

    private static List<PlaceOrderChoice>? ChoicesOf(string text)
    {
        try
        {
            var choices = JsonSerializer.Deserialize<List<PlaceOrderChoice>>(text, Json);
            return choices?.Count <= 30 && choices.TrueForAll(choice => choice is not null) ? choices : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
