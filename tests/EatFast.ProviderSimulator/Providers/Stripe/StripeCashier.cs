using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>Moves intents and refunds on, and has each move told to the product.</summary>
internal sealed class StripeCashier(StripeLedger ledger, StripeWebhooks webhooks, StripeFaults faults)
{
    private const string GoodCard = "pm_card_visa";

    private static readonly Dictionary<string, StripeError> Declines = new()
    {
        ["pm_card_visa_chargeDeclined"] = new("card_error", "card_declined", "Your card was declined.", "generic_decline"),
        ["pm_card_chargeDeclinedInsufficientFunds"] = new("card_error", "card_declined", "Insufficient funds.", "insufficient_funds"),
        ["pm_card_chargeDeclinedExpiredCard"] = new("card_error", "expired_card", "Your card has expired.")
    };

    public async Task<StripeIntent> OpenAsync(StripeIntent draft, CancellationToken ct)
    {
        var intent = ledger.Save(draft);
        if (!faults.Of(intent)(MovementFaults.WebhookBeforeAnswer) || Pay(intent.Id, GoodCard) is not { } paid)
            return intent;
        await webhooks.TellAtOnceAsync(NewsOf(paid), ct);
        return paid;
    }

    /// <summary>Null when more would go back than came in.</summary>
    public async Task<StripeRefund?> RefundAsync(StripeRefund draft, CancellationToken ct)
    {
        var isOther = faults.Of(draft)(MovementFaults.OtherAmount);
        if (ledger.Save(isOther ? draft with { Amount = Math.Max(1, draft.Amount / 2) } : draft) is not { } refund)
            return null;
        var news = new StripeNews(refund.Id, "refund.created", StripeViews.Of(refund), faults.Of(refund))
        {
            Earlier = new(refund.Id, "refund.updated", StripeViews.Of(refund with { Status = "pending" }), faults.Of(refund))
        };
        if (faults.Of(refund)(MovementFaults.WebhookBeforeAnswer))
            await webhooks.TellAtOnceAsync(news, ct);
        else
            webhooks.Tell(news);
        return refund;
    }

    /// <summary>Null when it is no longer open.</summary>
    public StripeIntent? Confirm(string id, string? card)
    {
        if (Pay(id, card ?? GoodCard) is not { } moved)
            return null;
        webhooks.Tell(NewsOf(moved));
        return moved;
    }

    /// <summary>Null when it is no longer open.</summary>
    public StripeIntent? Cancel(string id)
    {
        if (ledger.Move(id, open => open with { Status = "canceled", CancellationReason = "requested_by_customer" }) is not { } cancelled)
            return null;
        webhooks.Tell(NewsOf(cancelled));
        return cancelled;
    }

    private StripeIntent? Pay(string id, string card) => ledger.Move(id, open =>
    {
        var decline = Declines.GetValueOrDefault(card);
        var isStronger = card == "pm_card_authenticationRequired" && open.Status != "requires_action";
        var paid = open with
        {
            PaymentMethod = decline is null ? card : null,
            LastError = decline,
            Status = decline is not null ? "requires_payment_method" : isStronger ? "requires_action" : "succeeded"
        };
        return paid.Status == "succeeded" && faults.Of(paid)(MovementFaults.OtherAmount)
            ? paid with { OtherAmount = Math.Max(1, paid.Amount / 2) }
            : paid;
    });

    private StripeNews NewsOf(StripeIntent intent) => new(
        intent.Id,
        intent.Status switch
        {
            "succeeded" => "payment_intent.succeeded",
            "canceled" => "payment_intent.canceled",
            "requires_action" => "payment_intent.requires_action",
            _ => "payment_intent.payment_failed"
        },
        StripeViews.Of(intent),
        faults.Of(intent))
    {
        Earlier = new(
            intent.Id, "payment_intent.created", StripeViews.Of(intent with { Status = "requires_payment_method" }), faults.Of(intent))
    };
}
