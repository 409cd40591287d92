namespace EatFast.Payments.Clients;

/// <summary>How we reach Stripe; without keys cards are not offered. In Development everything defaults to the provider simulator.</summary>
public sealed record StripeOptions(string BaseUrl, string? SecretKey, string? WebhookSecret, bool IsEnabled = true)
{
    private const string Section = "Providers:Stripe";

    public bool IsOn => IsEnabled && SecretKey is not null && WebhookSecret is not null;

    public static StripeOptions Read(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection(Section);
        var simulator = isDevelopment ? Given(configuration, "Providers:BaseUrl") : null;
        return new StripeOptions(
            (Given(section, "BaseUrl") ?? simulator ?? "https://api.stripe.com").TrimEnd('/'),
            Given(section, "SecretKey") ?? (isDevelopment ? "sk_test_sim" : null),
            Given(section, "WebhookSecret") ?? (isDevelopment ? "whsec_test_secret" : null),
            section.GetValue("Enabled", true));
    }

    private static string? Given(IConfiguration section, string key) => section[key] is { Length: > 0 } value ? value : null;
}
