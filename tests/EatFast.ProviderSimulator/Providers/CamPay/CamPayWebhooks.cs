using System.Text.Json;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>Tells the product of a final state, by POST or by GET as the app is set up; nothing is ever said of a pending one.</summary>
internal sealed class CamPayWebhooks(
    CamPayOptions options, CamPayLedger ledger, CamPayFaults faults, WebhookSender sender, TimeProvider clock, IConfiguration configuration)
{
    private const string ProductPath = "/api/v1/webhooks/campay";

    public Uri? Url => Webhooks.ToUrl(options.WebhookUrl ?? configuration["PublicBaseUrl"]?.TrimEnd('/') + ProductPath);

    public void Announce(CamPayTransaction transaction)
    {
        if (Prepare(transaction) is not { } call)
            return;
        var copies = faults.Strikes(CamPayFaults.WebhookFiveTimes, transaction) ? 5
            : faults.Strikes(CamPayFaults.WebhookTwice, transaction) ? 2 : 1;
        for (var copy = 1; copy < copies; copy++)
            sender.Enqueue(call);
        // What was true before arrives after the end.
        var isOutOfOrder = faults.Strikes(CamPayFaults.WebhookOutOfOrder, transaction);
        sender.Enqueue(call with { Then = isOutOfOrder ? Prepare(transaction with { Status = CamPayStatus.Pending }) : null });
    }

    public async Task AnnounceAtOnceAsync(CamPayTransaction transaction, CancellationToken ct)
    {
        if (Prepare(transaction) is { } call)
            await sender.SendAsync(call, ct);
    }

    public string Sign(string key) => CamPaySignature.Sign(key, options.AppName, clock.GetUtcNow());

    private WebhookCall? Prepare(CamPayTransaction transaction)
    {
        if (Url is not { } url || faults.Strikes(CamPayFaults.WebhookNever, transaction))
        {
            ledger.NoteWebhook(transaction.Reference, "not sent");
            return null;
        }

        var isForged = faults.Strikes(CamPayFaults.BadSignature, transaction);
        var isLate = faults.Strikes(CamPayFaults.WebhookLate, transaction);
        var view = CamPayView.Of(transaction, Sign(isForged ? "not-the-webhook-key" : options.WebhookKey));
        return Call(url, view) with
        {
            Delay = TimeSpan.FromMilliseconds(isLate ? options.LateWebhookMs : 0),
            RetryAfter = TimeSpan.FromMilliseconds(options.WebhookRetryMs),
            Outcome = outcome => ledger.NoteWebhook(transaction.Reference, outcome),
        };
    }

    private WebhookCall Call(Uri url, CamPayView view)
    {
        var json = JsonSerializer.SerializeToElement(view, CamPayJson.Options);
        if (options.WebhookMethod == "POST")
            return new WebhookCall(HttpMethod.Post, url, json.GetRawText());
        var query = QueryString.Create(json.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value.GetString())));
        return new WebhookCall(HttpMethod.Get, new UriBuilder(url) { Query = query.Value }.Uri, null);
    }
}
