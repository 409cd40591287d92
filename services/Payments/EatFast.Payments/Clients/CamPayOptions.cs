namespace EatFast.Payments.Clients;

/// <summary>How we reach CamPay; in Development everything defaults to the provider simulator.</summary>
public sealed record CamPayOptions(Uri BaseUrl, string? Token, string? Username, string? Password, string WebhookKey)
{
    private const string Section = "Providers:CamPay";

    public static CamPayOptions Read(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection(Section);
        var (username, password) = (section["Username"], section["Password"]);
        var hasLogin = !string.IsNullOrEmpty(username) && !string.IsNullOrEmpty(password);
        return new CamPayOptions(
            BaseUrlOf(section["BaseUrl"], configuration["Providers:BaseUrl"], isDevelopment),
            hasLogin && string.IsNullOrEmpty(section["Token"])
                ? null
                : Require(section, "Token", isDevelopment ? "campay-sim-token" : null),
            username,
            password,
            Require(section, "WebhookKey", isDevelopment ? "campay_webhook_test_key" : null));
    }

    // Paths are relative to it, so it has to end with a slash.
    private static Uri BaseUrlOf(string? own, string? simulator, bool isDevelopment)
    {
        var url = !string.IsNullOrEmpty(own) ? own
            : isDevelopment && !string.IsNullOrEmpty(simulator) ? $"{simulator.TrimEnd('/')}/api"
            : "https://www.campay.net/api";
        return new Uri($"{url.TrimEnd('/')}/");
    }

    private static string Require(IConfigurationSection section, string key, string? fallback) =>
        section[key] is { Length: > 0 } value ? value : fallback ?? throw new InvalidOperationException(
            $"The secret {Section}:{key} is missing: set the environment variable Providers__CamPay__{key} (see docs/configuration.md).");
}
