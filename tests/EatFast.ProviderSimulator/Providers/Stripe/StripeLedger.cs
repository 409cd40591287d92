using System.Text.Json;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

internal sealed record StripeError(string Type, string Code, string Message, string? DeclineCode = null);

/// <summary>An intent to charge a card, with what was given back of it.</summary>
internal sealed record StripeIntent(string Id, string Secret, long Amount, string Currency, DateTimeOffset Created)
{
    public string Status { get; init; } = "requires_payment_method";
    public string? Description { get; init; }
    public string? PaymentMethod { get; init; }
    public string? CancellationReason { get; init; }
    public StripeError? LastError { get; init; }
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    // What came in when it is not what was asked for.
    public long? OtherAmount { get; init; }
    public IReadOnlyList<string> Webhooks { get; init; } = [];

    public bool IsOpen => Status.StartsWith("requires_", StringComparison.Ordinal);

    public long Received => Status == "succeeded" ? OtherAmount ?? Amount : 0;

    /// <summary>Which of the product's orders it is for.</summary>
    public string Order => OrderIn(Description);

    public static string OrderIn(string? description) => description?.Split(' ')[^1] ?? "";
}

internal sealed record StripeRefund(string Id, string Intent, long Amount, string Currency, DateTimeOffset Created)
{
    public string Status { get; init; } = "succeeded";
    public string Order { get; init; } = "";
    public IReadOnlyList<string> Webhooks { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>What Stripe believes: intents and refunds, newest last, and the first answer to each idempotency key.</summary>
internal sealed class StripeLedger(Journal journal, ChangeFeed changes) : IJournalled
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, StripeIntent> intents = [];
    private readonly OrderedDictionary<string, StripeRefund> refunds = [];
    private readonly Dictionary<string, (string Request, int Status, string Body)> answers = [];

    public StripeIntent Save(StripeIntent intent)
    {
        lock (gate)
            intents[intent.Id] = intent;
        journal.Write("stripe.intent", intent);
        changes.Changed();
        return intent;
    }

    /// <summary>Null when it is not there or no longer open.</summary>
    public StripeIntent? Move(string id, Func<StripeIntent, StripeIntent> move)
    {
        lock (gate)
            return intents.TryGetValue(id, out var intent) && intent.IsOpen ? Save(move(intent)) : null;
    }

    public void NoteWebhook(string id, string outcome)
    {
        lock (gate)
            if (intents.TryGetValue(id, out var intent))
                Save(intent with { Webhooks = [.. intent.Webhooks, outcome] });
            else if (refunds.TryGetValue(id, out var refund))
                Keep(refund with { Webhooks = [.. refund.Webhooks, outcome] });
    }

    /// <summary>Null when more would go back than came in.</summary>
    public StripeRefund? Save(StripeRefund refund)
    {
        lock (gate)
        {
            if (RefundedOf(refund.Intent) + refund.Amount > intents[refund.Intent].Received)
                return null;
            return Keep(refund);
        }
    }

    public StripeIntent? Find(string id)
    {
        lock (gate)
            return intents.GetValueOrDefault(id);
    }

    public StripeRefund? FindRefund(string id)
    {
        lock (gate)
            return refunds.GetValueOrDefault(id);
    }

    public IReadOnlyList<StripeIntent> Intents()
    {
        lock (gate)
            return [.. intents.Values.Reverse()];
    }

    public IReadOnlyList<StripeRefund> Refunds()
    {
        lock (gate)
            return [.. refunds.Values.Reverse()];
    }

    public (string Request, int Status, string Body)? AnswerTo(string key)
    {
        lock (gate)
            return answers.TryGetValue(key, out var known) ? known : null;
    }

    public void Remember(string key, string request, int status, string body)
    {
        lock (gate)
            answers.TryAdd(key, (request, status, body));
    }

    public void Restore(JournalLine line)
    {
        lock (gate)
            if (line.Kind == "stripe.intent" && line.Data.Deserialize<StripeIntent>(JsonSerializerOptions.Web) is { } intent)
                intents[intent.Id] = intent;
            else if (line.Kind == "stripe.refund" && line.Data.Deserialize<StripeRefund>(JsonSerializerOptions.Web) is { } refund)
                refunds[refund.Id] = refund;
    }

    private StripeRefund Keep(StripeRefund refund)
    {
        refunds[refund.Id] = refund;
        journal.Write("stripe.refund", refund);
        changes.Changed();
        return refund;
    }

    private long RefundedOf(string intent) => refunds.Values.Where(refund => refund.Intent == intent).Sum(refund => refund.Amount);
}
