namespace EatFast.ProviderSimulator.Providers.Smtp;

/// <summary>Tells where the mail server listens, which is anywhere unless SMTP_PORT says where.</summary>
internal static class SmtpControl
{
    public static void AddSmtp(this IServiceCollection services)
    {
        services.AddSingleton<SmtpMailbox>();
        services.AddSingleton<SmtpServer>();
        services.AddHostedService(provider => provider.GetRequiredService<SmtpServer>());
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/control/smtp", (SmtpServer server) =>
        new { Host = server.Address.Address.ToString(), server.Address.Port });
}
