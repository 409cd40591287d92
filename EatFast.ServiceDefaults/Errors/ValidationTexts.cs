using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using EatFast.Http;

namespace EatFast.Errors;

/// <summary>What is wrong with a field, in French too: the framework's sentences and our own, from Validation.json.</summary>
public static partial class ValidationTexts
{
    private const int Remembered = 1_000;
    private static readonly Lazy<List<(Regex English, string French)>> All = new(Read);
    private static readonly ConcurrentDictionary<string, string> Said = new(StringComparer.Ordinal);

    /// <summary>A sentence that is not in the file stays English.</summary>
    public static string Say(string sentence, string language)
    {
        if (language == Language.English)
            return sentence;
        if (Said.TryGetValue(sentence, out var known))
            return known;
        var french = Translate(sentence);
        // Some sentences quote what was sent, so there is no end of them.
        if (Said.Count < Remembered)
            Said[sentence] = french;
        return french;
    }

    private static string Translate(string sentence)
    {
        foreach (var (english, french) in All.Value)
            if (english.Match(sentence) is { Success: true } match)
                return Blank().Replace(french, blank => match.Groups[$"b{blank.Groups[1].Value}"].Value);
        return sentence;
    }

    // The longest first: a short one with blanks would match what a longer one says better.
    private static List<(Regex, string)> Read()
    {
        using var file = typeof(ValidationTexts).Assembly.GetManifestResourceStream("Validation.json")!;
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
        return [.. texts.OrderByDescending(text => text.Key.Length).Select(text => (PatternOf(text.Key), text.Value))];
    }

    private static Regex PatternOf(string english)
    {
        var words = Regex.Escape(english).Replace("\\{", "{", StringComparison.Ordinal);
        return new Regex($"^{Blank().Replace(words, "(?<b$1>.+?)")}$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Blank();
}
