using Microsoft.Extensions.Configuration;

namespace EatFast;

/// <summary>The environment variables operators know from the old system, mapped to our keys (docs/configuration.md).</summary>
internal static class PlainVariables
{
    private static readonly (string Variable, string Key)[] Known =
    [
        ("REDIS_URL", "ConnectionStrings:redis"),
        ("CAMPAY_API_KEY", "Providers:CamPay:Token"),
        ("STRIPE_SECRET_KEY", "Providers:Stripe:SecretKey"),
        ("INFOBIP_API_KEY", "Providers:Infobip:ApiKey"),
        ("WHATSAPP_ACCESS_TOKEN", "Providers:WhatsApp:AccessToken"),
        ("GOOGLE_MAPS_API_KEY", "Providers:GoogleMaps:ApiKey"),
        ("GOOGLE_ANALYTICS_MEASUREMENT_ID", "Providers:GoogleAnalytics:MeasurementId"),
        ("JWT_SECRET", "Security:SigningKey"),
        ("ENCRYPTION_KEY", "Security:EncryptionKey")
    ];

    public static void AcceptPlainVariables(this ConfigurationManager configuration)
    {
        foreach (var (variable, key) in Known)
            if (configuration[variable] is { Length: > 0 } value && string.IsNullOrEmpty(configuration[key]))
                configuration[key] = variable == "REDIS_URL" ? RedisOf(new Uri(value)) : value;
        if (configuration["DATABASE_URL"] is { Length: > 0 } url && configuration.GetConnectionString("eatfast") is null)
            configuration["ConnectionStrings:eatfast"] = PostgresOf(new Uri(url));
    }

    private static string PostgresOf(Uri url)
    {
        var (user, password) = CredentialsOf(url);
        var port = url.Port > 0 ? url.Port : 5432;
        return $"Host={url.Host};Port={port};Database={url.AbsolutePath.Trim('/')};Username={user};Password={password}";
    }

    private static string RedisOf(Uri url)
    {
        var (_, password) = CredentialsOf(url);
        var port = url.Port > 0 ? url.Port : 6379;
        var tls = url.Scheme == "rediss" ? ",ssl=true" : "";
        return password.Length > 0 ? $"{url.Host}:{port},password={password}{tls}" : $"{url.Host}:{port}{tls}";
    }

    private static (string User, string Password) CredentialsOf(Uri url)
    {
        var parts = url.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
