using System.Security.Cryptography;
using System.Text;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>How this Stripe account is set up.</summary>
internal sealed class StripeOptions
{
    public string SecretKey { get; init; } = "sk_test_sim";
    public string WebhookSecret { get; init; } = "whsec_test_secret";

    public static StripeOptions Read(IConfiguration configuration) =>
        configuration.GetSection("Simulator:Stripe").Get<StripeOptions>() ?? new StripeOptions();
}

/// <summary>Something that Stripe tells about an intent or a refund, and what it would have told before.</summary>
internal sealed record StripeNews(string Id, string Type, object Subject, Predicate<string> Strikes)
{
    public StripeNews? Earlier { get; init; }
}

/// <summary>Tells the product of what happened by signed events, as often and as late as was ordered.</summary>
internal sealed class StripeWebhooks(
    StripeOptions options, StripeLedger ledger, FaultyWebhooks sender, TimeProvider clock, IConfiguration configuration)
{
    private const string ProductPath = "/api/v1/webhooks/stripe";

    public void Tell(StripeNews news)
    {
        if (Prepare(news) is { } call)
            sender.Send(call, news.Strikes, () => news.Earlier is { } earlier ? Prepare(earlier) : null);
    }

    public async Task TellAtOnceAsync(StripeNews news, CancellationToken ct)
    {
        if (Prepare(news) is { } call)
            await sender.SendAtOnceAsync(call, ct);
    }

    public static string Sign(string secret, long time, string body)
    {
        var seal = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(seal)}";
    }

    private WebhookCall? Prepare(StripeNews news)
    {
        var url = Webhooks.ToUrl(configuration["PublicBaseUrl"]?.TrimEnd('/') + ProductPath);
        var call = url is null ? null : sender.Prepare(news.Strikes, isForged => Call(url, news, isForged));
        if (call is null)
            ledger.NoteWebhook(news.Id, "not sent");
        return call;
    }

    private WebhookCall Call(Uri url, StripeNews news, bool isForged)
    {
        var now = clock.GetUtcNow();
        var body = StripeViews.Event($"evt_{Guid.NewGuid():N}", news.Type, news.Subject, now).ToJsonString();
        return new WebhookCall(HttpMethod.Post, url, body)
        {
            Header = ("Stripe-Signature", Sign(isForged ? "whsec_other" : options.WebhookSecret, now.ToUnixTimeSeconds(), body)),
            Outcome = outcome => ledger.NoteWebhook(news.Id, outcome),
        };
    }
}
