using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using EatFast.Http;

namespace EatFast.Notifications;

/// <summary>The wording of one kind; a text message avoids letters outside GSM-7, which would more than halve its length.</summary>
internal sealed record Template(string Title, string Body, string? Sms = null, string? Email = null);

/// <summary>Everything we say to people, in French and English, from the embedded Templates.</summary>
internal sealed partial class Texts
{
    private static readonly NumberFormatInfo Thousands = new() { NumberGroupSeparator = " ", NumberGroupSizes = [3] };

    public IReadOnlyDictionary<string, Template> French { get; } = Load(Language.French);

    public IReadOnlyDictionary<string, Template> English { get; } = Load(Language.English);

    public static string Amount(long xaf) => $"{xaf.ToString("#,0", Thousands)} FCFA";

    public Template Of(string kind, string language, IReadOnlyDictionary<string, string> values)
    {
        var template = (language == Language.English ? English : French)[kind];
        return new Template(
            Fill(template.Title, values),
            Fill(template.Body, values),
            template.Sms is { } sms ? Fill(sms, values) : null,
            template.Email is { } email ? Fill(email, values) : null);
    }

    public static string Html(string text)
    {
        var paragraphs = WebUtility.HtmlEncode(text).Split("\n\n")
            .Select(paragraph => $"<p>{paragraph.Replace("\n", "<br>", StringComparison.Ordinal)}</p>");
        return $"<!DOCTYPE html><html><body>{string.Concat(paragraphs)}</body></html>";
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, ""));

    private static Dictionary<string, Template> Load(string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Templates.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Template>>(stream, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    internal static partial Regex Placeholder();
}
