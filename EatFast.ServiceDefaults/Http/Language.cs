using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EatFast.Http;

/// <summary>The language a caller reads: what Accept-Language prefers of French and English, else the account's own, else French.</summary>
public static class Language
{
    public const string French = "fr";
    public const string English = "en";

    /// <summary>The account's language in its access token, by OpenID Connect's name.</summary>
    public const string Claim = "locale";

    public static string Of(HttpContext http) => Accepted(http) ?? (http.User.FindFirst(Claim)?.Value == English ? English : French);

    private static string? Accepted(HttpContext http) => StringWithQualityHeaderValue.TryParseList(http.Request.Headers.AcceptLanguage, out var wanted)
        ? wanted
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is French or English)
        : null;
}
