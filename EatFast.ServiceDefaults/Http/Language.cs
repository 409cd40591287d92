using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EatFast.Http;

/// <summary>The language a caller reads: French unless Accept-Language prefers English.</summary>
public static class Language
{
    public const string French = "fr";
    public const string English = "en";

    public static string Of(HttpContext http)
    {
        if (!StringWithQualityHeaderValue.TryParseList(http.Request.Headers.AcceptLanguage, out var wanted))
            return French;
        return wanted
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is French or English) ?? French;
    }
}
