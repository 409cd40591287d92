using System.Text.Json;
using EatFast.Http;

namespace EatFast.Ordering;

/// <summary>What this service says besides its refusals, in both languages, from Texts.json; a key that is not there is a bug.</summary>
internal static class Texts
{
    private static readonly Lazy<Dictionary<string, Text>> All = new(Read);

    internal sealed record Text(string Fr, string En);

    public static IReadOnlyDictionary<string, Text> Entries => All.Value;

    public static string Say(string key, string language) =>
        language == Language.English ? All.Value[key].En : All.Value[key].Fr;

    private static Dictionary<string, Text> Read()
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream("Texts.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Text>>(file, JsonSerializerOptions.Web)!;
    }
}
