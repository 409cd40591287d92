using System.Text.Json;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

internal sealed record StripeDispute(string Id, string Intent, string Order, long Amount, string Currency, DateTimeOffset Created)
{
    public string Status { get; init; } = "needs_response";

    public bool IsOpen => Status == "needs_response";
}

/// <summary>The charges that payers have asked their banks to give back, and how each case ended.</summary>
internal sealed class StripeDisputes(StripeLedger ledger, StripeWebhooks webhooks, StripeFaults faults, Journal journal, TimeProvider clock)
    : IJournalled
{
    private const string JournalKind = "stripe.dispute";
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, StripeDispute> disputes = [];

    /// <summary>Null when nothing was charged.</summary>
    public StripeDispute? Open(string intentId)
    {
        if (ledger.Find(intentId) is not { Status: "succeeded" } intent)
            return null;
        var id = $"dp_{Guid.NewGuid():N}";
        return Tell(
            "charge.dispute.created",
            new StripeDispute(id, intent.Id, intent.Order, intent.Received, intent.Currency, clock.GetUtcNow()));
    }

    /// <summary>Null when it is not open.</summary>
    public StripeDispute? Close(string id, string status) =>
        status is "won" or "lost" && Find(id) is { IsOpen: true } dispute ? Tell("charge.dispute.closed", dispute with { Status = status }) : null;

    public StripeDispute? Find(string id)
    {
        lock (gate)
            return disputes.GetValueOrDefault(id);
    }

    public IReadOnlyList<StripeDispute> All()
    {
        lock (gate)
            return [.. disputes.Values.Reverse()];
    }

    public void Restore(JournalLine line)
    {
        if (line.Kind == JournalKind && line.Data.Deserialize<StripeDispute>(JsonSerializerOptions.Web) is { } dispute)
            lock (gate)
                disputes[dispute.Id] = dispute;
    }

    private StripeDispute Tell(string type, StripeDispute dispute)
    {
        lock (gate)
            disputes[dispute.Id] = dispute;
        journal.Write(JournalKind, dispute);
        webhooks.Tell(new StripeNews(dispute.Id, type, StripeViews.Of(dispute), kind => faults.Strikes(kind, dispute.Order, StripeFaults.Dispute))
        {
            Earlier = new(dispute.Id, "charge.dispute.created", StripeViews.Of(dispute with { Status = "needs_response" }), _ => false)
        });
        return dispute;
    }
}
