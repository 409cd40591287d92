using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace EatFast.Errors;

/// <summary>All refusals a service can utter: its own Refusals.json over the general ones.</summary>
public sealed class RefusalTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Dictionary<string, Refusal> _entries = [];

    public RefusalTable(params Assembly?[] assemblies)
    {
        foreach (var assembly in assemblies.Prepend(typeof(RefusalTable).Assembly).OfType<Assembly>().Distinct())
        {
            using var stream = assembly.GetManifestResourceStream("Refusals.json");
            if (stream is null)
                continue;
            foreach (var (code, refusal) in JsonSerializer.Deserialize<Dictionary<string, Refusal>>(stream, Json)!)
                _entries[code] = refusal;
        }
    }

    public IReadOnlyDictionary<string, Refusal> Entries => _entries;

    /// <summary>An unknown code is a bug, so it answers like one: 500 without details.</summary>
    public Refusal Find(string code) => _entries.GetValueOrDefault(code) ?? _entries["INTERNAL_ERROR"];

    public Refusal Of(RuleViolatedException refused) => refused.Refusal ?? Find(refused.Code);

    public static string Say(Refusal refusal, string language, IEnumerable<(string Name, object Value)> details)
    {
        var sentence = language == "en" ? refusal.En : refusal.Fr;
        foreach (var (name, value) in details)
            sentence = sentence.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return sentence;
    }
}
