namespace EatFast.Notifications;

/// <summary>Where the links in mails lead: pages of the website (<c>Notifications:LinkBaseUrl</c>) that get a token.</summary>
internal sealed class WebLinks(IConfiguration configuration)
{
    private readonly string _base =
        (configuration["Notifications:LinkBaseUrl"] is { Length: > 0 } url ? url : "https://eatfast.cm").TrimEnd('/');

    public string To(string page, string token) => $"{_base}/{page}?token={token}";
}
