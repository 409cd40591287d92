using System.Globalization;
using EatFast.Security;

namespace EatFast.Notifications.Clients;

internal sealed record InfobipOptions(string BaseUrl, string ApiKey, string Sender, string ReportToken, string ReportUrl);

internal sealed record MailOptions(string Host, int Port, string? User, string? Password, string From);

/// <summary>How the outside world is reached; outside Development a missing setting stops the start and is named.</summary>
internal static class Providers
{
    public static void AddProviders(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ReadInfobip(builder));
        builder.Services.AddSingleton(ReadMail(builder));
        builder.Services.AddSingleton<Mail>();
        builder.Services.AddHttpClient<Infobip>(http => http.Timeout = TimeSpan.FromSeconds(5))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(1),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                AllowAutoRedirect = false
            });
    }

    /// <summary>Reads the settings now: the migration step, which needs none of them, has ended before.</summary>
    public static void RequireProviderSettings(this WebApplication app)
    {
        app.Services.GetRequiredService<InfobipOptions>();
        app.Services.GetRequiredService<MailOptions>();
        app.Services.GetRequiredService<Sealer>();
    }

    private static Func<IServiceProvider, InfobipOptions> ReadInfobip(WebApplicationBuilder builder) => _ =>
    {
        var configuration = builder.Configuration;
        // Every replica has to accept the same reports, so an unset token is made from a key that all of them hold.
        var token = configuration["Providers:Infobip:ReportToken"] is { Length: > 0 } given
            ? given
            : Convert.ToHexStringLower(Secrets.DeriveKey(configuration.RequireSecret("Security:EncryptionKey"), "infobip-report-token"));
        return new InfobipOptions(
            configuration["Providers:Infobip:BaseUrl"] is { Length: > 0 } own ? own : Require(configuration, "Providers:BaseUrl", null),
            Require(configuration, "Providers:Infobip:ApiKey", builder.Environment.IsDevelopment() ? "infobip-sim-key" : null),
            configuration["Providers:Infobip:Sender"] ?? "EatFast",
            token,
            $"{Require(configuration, "PublicBaseUrl", null).TrimEnd('/')}/api/v1/webhooks/infobip/{Uri.EscapeDataString(token)}");
    };

    private static Func<IServiceProvider, MailOptions> ReadMail(WebApplicationBuilder builder) => _ =>
    {
        var smtp = builder.Configuration.GetSection("Providers:Smtp");
        var port = smtp["Port"] ?? "587";
        return new MailOptions(
            Require(builder.Configuration, "Providers:Smtp:Host", builder.Environment.IsDevelopment() ? "127.0.0.1" : null),
            int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65_535
                ? number
                : throw new InvalidOperationException($"Providers:Smtp:Port is \"{port}\", which is no TCP port (Providers__Smtp__Port)."),
            smtp["User"],
            smtp["Password"],
            smtp["From"] ?? "EatFast <no-reply@eatfast.cm>");
    };

    private static string Require(ConfigurationManager configuration, string key, string? fallback) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : fallback ?? throw new InvalidOperationException(
                $"The setting {key} is missing: set the environment variable "
                + $"{key.Replace(":", "__", StringComparison.Ordinal)} (see docs/configuration.md).");
}
