using System.Text;

namespace EatFast.Identity.Credentials;

/// <summary>
/// The same letter is typed as one character here and as a letter with an accent behind it there: passwords are compared as composed
/// (Unicode NFC). Written out for Latin letters, because the runtime's own tables are left out with all cultures (InvariantGlobalization).
/// </summary>
internal static class Composition
{
    private static readonly Dictionary<(char Letter, char Accent), char> Composed = new (char Accent, string Letters, string Result)[]
    {
        ('\u0300', "AEIOUaeiouÜüNn", "ÀÈÌÒÙàèìòùǛǜǸǹ"),
        ('\u0301', "AEIOUYaeiouyCcLlNnRrSsZzÜüMm", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘḾḿ"),
        ('\u0302', "AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"),
        ('\u0303', "ANOanoIiUuEe", "ÃÑÕãñõĨĩŨũẼẽ"),
        ('\u0304', "AaEeIiOoUuÜü", "ĀāĒēĪīŌōŪūǕǖ"),
        ('\u0306', "AaEeGgIiOoUu", "ĂăĔĕĞğĬĭŎŏŬŭ"),
        ('\u0307', "CcEeGgIZz", "ĊċĖėĠġİŻż"),
        ('\u0308', "AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ"),
        ('\u030A', "AaUu", "ÅåŮů"),
        ('\u030B', "OoUu", "ŐőŰű"),
        ('\u030C', "CcDdEeLlNnRrSsTtZzAaIiOoUuÜü", "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚ"),
        ('\u0326', "SsTt", "ȘșȚț"),
        ('\u0327', "CcGgKkLlNnRrSsTt", "ÇçĢģĶķĻļŅņŖŗŞşŢţ"),
        ('\u0328', "AaEeIiUu", "ĄąĘęĮįŲų")
    }.SelectMany(row => row.Letters.Zip(row.Result, (letter, result) => (Key: (letter, row.Accent), result)))
        .ToDictionary(pair => pair.Key, pair => pair.result);

    public static string Of(string text)
    {
        if (!text.Any(letter => letter is >= '\u0300' and <= '\u036F'))
            return text;
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
            if (result.Length > 0 && Composed.TryGetValue((result[^1], letter), out var composed))
                result[^1] = composed;
            else
                result.Append(letter);
        return result.ToString();
    }
}
