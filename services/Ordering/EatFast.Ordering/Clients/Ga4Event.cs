using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Clients;

/// <summary>
/// One event in the words of Google Analytics 4. Its Measurement Protocol swallows whatever breaks its limits without a word, so they are
/// checked here; names, numbers and addresses of people are never part of one.
/// </summary>
internal sealed record Ga4Event(string ClientId, Guid? UserId, DateTimeOffset At, string Name, JsonObject Parameters)
{
    private const string Paid = "payment_paid";
    private const string Released = "order_released";
    private const string Refunded = "payment_refunded";
    private const string PartlyRefunded = "payment_partially_refunded";
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(72);
    private const string Currency = "XAF";

    /// <summary>What is older would be thrown away there.</summary>
    public static bool IsTooOld(AnalyticsEvent happened, DateTimeOffset now) => happened.OccurredAt <= now - Oldest;

    public static bool NeedsOrder(AnalyticsEvent happened) =>
        happened.OrderId is not null && happened.Name is Paid or Released or Refunded or PartlyRefunded;

    /// <summary>Null when it cannot be told within the limits.</summary>
    public static Ga4Event? Of(AnalyticsEvent happened, Order? order)
    {
        var (name, parameters) = (happened.Name, order) switch
        {
            (Paid, { } paid) => ("purchase", PurchaseOf(paid)),
            // Cash is paid at the door; everything else before the kitchen sees it, or long before: then that was the purchase.
            (Released, { PaymentMethod: not PaymentMethods.Cash } paid) when paid.History.All(change => change.Kind != Paid) => ("purchase", PurchaseOf(paid)),
            (Refunded or PartlyRefunded, { } refunded) => ("refund", RefundOf(refunded, happened.AmountXaf)),
            ("user_registered", _) => ("sign_up", new JsonObject { ["method"] = "account" }),
            _ when happened.Properties is { } told => (happened.Name, Flat(told)),
            _ => (happened.Name, StepOf(happened))
        };
        if (happened.SessionId is { } session)
            parameters["session_id"] = session;
        parameters["engagement_time_msec"] = 1;
        return Ga4Limits.Allow(name, parameters)
            ? new Ga4Event(ClientOf(happened), happened.UserId, happened.OccurredAt, name, parameters)
            : null;
    }

    // Stable for a device or a person, and tells neither.
    private static string ClientOf(AnalyticsEvent happened)
    {
        var mark = AnalyticsEvent.IdOf($"ga4 {happened.SessionId ?? happened.UserId?.ToString("N") ?? "nobody"}").ToByteArray();
        return $"{BitConverter.ToUInt32(mark, 0)}.{BitConverter.ToUInt32(mark, 4)}";
    }

    private static JsonObject PurchaseOf(Order order)
    {
        var purchase = new JsonObject
        {
            ["transaction_id"] = order.OrderNumber,
            ["currency"] = Currency,
            ["value"] = order.Pricing.SubtotalXaf,
            ["tax"] = order.Pricing.TaxXaf,
            ["shipping"] = order.Pricing.DeliveryFeeXaf,
            ["items"] = new JsonArray([.. order.Items.Take(Ga4Limits.MostItems).Select(item => new JsonObject
            {
                ["item_id"] = item.ItemId.ToString(),
                ["item_name"] = Ga4Limits.Short(item.Name),
                ["price"] = item.UnitPriceXaf,
                ["quantity"] = item.Quantity
            })])
        };
        if (order.PromoCode is { } code)
            purchase["coupon"] = Ga4Limits.Short(code);
        return purchase;
    }

    private static JsonObject RefundOf(Order order, long? amountXaf) => new()
    {
        ["transaction_id"] = order.OrderNumber,
        ["currency"] = Currency,
        ["value"] = amountXaf ?? order.RefundXaf ?? order.Pricing.TotalXaf
    };

    private static JsonObject StepOf(AnalyticsEvent happened)
    {
        var step = new JsonObject();
        if (happened.OrderId is { } order)
            step["order_id"] = order.ToString();
        if (happened.RestaurantId is { } restaurant)
            step["restaurant_id"] = restaurant.ToString();
        if (happened.AmountXaf is { } amount)
            (step["currency"], step["value"]) = (Currency, amount);
        return step;
    }

    // What a client has told of itself; only plain values have a place there.
    private static JsonObject Flat(string properties)
    {
        var flat = new JsonObject();
        foreach (var (key, value) in JsonNode.Parse(properties)!.AsObject())
            if (value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                flat[key] = value.DeepClone();
        return flat;
    }
}
