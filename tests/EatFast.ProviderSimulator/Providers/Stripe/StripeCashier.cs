using System.Security.Cryptography;
using System.Text;
using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>How this Stripe account is set up.</summary>
internal sealed class StripeOptions
{
    public string SecretKey { get; init; } = "sk_test_sim";
    public string WebhookSecret { get; init; } = "whsec_test_secret";

    public static StripeOptions Read(IConfiguration configuration) =>
        configuration.GetSection("Simulator:Stripe").Get<StripeOptions>() ?? new StripeOptions();
}

/// <summary>Moves intents on, and tells the product of each move by a signed event; faults of the webhook are ordered by number "*".</summary>
internal sealed class StripeCashier(
    StripeOptions options, StripeLedger ledger, WebhookSender sender, FaultBoard board, CamPayOptions pace, TimeProvider clock,
    IConfiguration configuration)
{
    private static readonly Dictionary<string, StripeError> Declines = new()
    {
        ["pm_card_visa_chargeDeclined"] = new("card_error", "card_declined", "Your card was declined.", "generic_decline"),
        ["pm_card_chargeDeclinedInsufficientFunds"] = new("card_error", "card_declined", "Insufficient funds.", "insufficient_funds"),
        ["pm_card_chargeDeclinedExpiredCard"] = new("card_error", "expired_card", "Your card has expired.")
    };

    public StripeIntent Confirm(StripeIntent intent, string card)
    {
        var decline = Declines.GetValueOrDefault(card);
        var isStronger = card == "pm_card_authenticationRequired" && intent.Status != "requires_action";
        var moved = ledger.Save(intent with
        {
            PaymentMethod = decline is null ? card : null,
            LastError = decline,
            Status = decline is not null ? "requires_payment_method" : isStronger ? "requires_action" : "succeeded"
        });
        Tell(moved.Status switch
        {
            "succeeded" => "payment_intent.succeeded",
            "requires_action" => "payment_intent.requires_action",
            _ => "payment_intent.payment_failed"
        }, StripeViews.Of(moved));
        return moved;
    }

    public StripeIntent Cancel(StripeIntent intent)
    {
        var cancelled = ledger.Save(intent with { Status = "canceled", CancellationReason = "requested_by_customer" });
        Tell("payment_intent.canceled", StripeViews.Of(cancelled));
        return cancelled;
    }

    public void Tell(string type, object subject)
    {
        var url = Webhooks.ToUrl(configuration["PublicBaseUrl"]?.TrimEnd('/') + "/api/v1/webhooks/stripe");
        if (url is null || board.Take(StripeEndpoints.Provider, FaultBoard.AnyPhone, "webhook", CamPayFaults.WebhookNever))
            return;
        var now = clock.GetUtcNow();
        var body = StripeViews.Event($"evt_{Guid.NewGuid():N}", type, subject, now).ToJsonString();
        var isForged = board.Take(StripeEndpoints.Provider, FaultBoard.AnyPhone, "webhook", CamPayFaults.BadSignature);
        var call = new WebhookCall(HttpMethod.Post, url, body)
        {
            Header = ("Stripe-Signature", Sign(isForged ? "whsec_other" : options.WebhookSecret, now.ToUnixTimeSeconds(), body)),
            RetryAfter = TimeSpan.FromMilliseconds(pace.WebhookRetryMs)
        };
        var copies = board.Take(StripeEndpoints.Provider, FaultBoard.AnyPhone, "webhook", CamPayFaults.WebhookFiveTimes) ? 5 : 1;
        for (var copy = 0; copy < copies; copy++)
            sender.Enqueue(call);
    }

    public static string Sign(string secret, long time, string body)
    {
        var seal = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(seal)}";
    }
}
