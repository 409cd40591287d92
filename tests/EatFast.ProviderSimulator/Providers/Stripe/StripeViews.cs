using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>Stripe's JSON: snake case, times as seconds, amounts in the smallest unit, which for the franc is the franc.</summary>
internal static class StripeViews
{
    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null
    };

    public static string Text(object view) => JsonSerializer.Serialize(view, Snake);

    public static object Of(StripeIntent intent) => new
    {
        intent.Id,
        Object = "payment_intent",
        intent.Amount,
        AmountCapturable = 0,
        AmountReceived = intent.Received,
        CaptureMethod = "automatic_async",
        intent.CancellationReason,
        ClientSecret = intent.Secret,
        ConfirmationMethod = "automatic",
        Created = intent.Created.ToUnixTimeSeconds(),
        intent.Currency,
        intent.Description,
        LastPaymentError = intent.LastError is { } error ? Of(error) : null,
        LatestCharge = intent.Status == "succeeded" ? $"ch_{intent.Id[3..]}" : null,
        Livemode = false,
        intent.Metadata,
        intent.PaymentMethod,
        PaymentMethodTypes = new[] { "card" },
        intent.Status
    };

    public static object Of(StripeRefund refund) => new
    {
        refund.Id,
        Object = "refund",
        refund.Amount,
        Charge = $"ch_{refund.Intent[3..]}",
        Created = refund.Created.ToUnixTimeSeconds(),
        refund.Currency,
        refund.Metadata,
        PaymentIntent = refund.Intent,
        refund.Status
    };

    public static object Of(StripeDispute dispute) => new
    {
        dispute.Id,
        Object = "dispute",
        dispute.Amount,
        Charge = $"ch_{dispute.Intent[3..]}",
        Created = dispute.Created.ToUnixTimeSeconds(),
        dispute.Currency,
        Livemode = false,
        Metadata = new Dictionary<string, string>(),
        PaymentIntent = dispute.Intent,
        Reason = "fraudulent",
        dispute.Status
    };

    public static object List(string path, IReadOnlyList<object> data, bool hasMore) =>
        new { Object = "list", Data = data, HasMore = hasMore, Url = path };

    public static JsonNode Event(string id, string type, object subject, DateTimeOffset now) => JsonSerializer.SerializeToNode(new
    {
        Id = id,
        Object = "event",
        ApiVersion = "2026-07-29.dahlia",
        Created = now.ToUnixTimeSeconds(),
        Livemode = false,
        PendingWebhooks = 1,
        Type = type,
        Data = new { Object = subject }
    }, Snake)!;

    public static object Of(StripeError error) => new { error.Type, error.Code, error.DeclineCode, error.Message };
}
