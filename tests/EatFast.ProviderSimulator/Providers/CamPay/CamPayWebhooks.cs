using System.Text.Json;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>Tells the product of a final state, by POST or by GET as the app is set up; nothing is ever said of a pending one.</summary>
internal sealed class CamPayWebhooks(
    CamPayOptions options, CamPayLedger ledger, CamPayFaults faults, FaultyWebhooks sender, TimeProvider clock, IConfiguration configuration)
{
    private const string ProductPath = "/api/v1/webhooks/campay";

    public Uri? Url => Webhooks.ToUrl(options.WebhookUrl ?? configuration["PublicBaseUrl"]?.TrimEnd('/') + ProductPath);

    public void Announce(CamPayTransaction transaction)
    {
        if (Prepare(transaction) is { } call)
            sender.Send(
                call, kind => faults.Strikes(kind, transaction), () => Prepare(transaction with { Status = CamPayStatus.Pending }));
    }

    public async Task AnnounceAtOnceAsync(CamPayTransaction transaction, CancellationToken ct)
    {
        if (Prepare(transaction) is { } call)
            await sender.SendAtOnceAsync(call, ct);
    }

    public string Sign(string key) => CamPaySignature.Sign(key, options.AppName, clock.GetUtcNow());

    private WebhookCall? Prepare(CamPayTransaction transaction)
    {
        var call = Url is not { } url ? null : sender.Prepare(kind => faults.Strikes(kind, transaction), isForged =>
            Call(url, CamPayView.Of(transaction, Sign(isForged ? "not-the-webhook-key" : options.WebhookKey))) with
            {
                Outcome = outcome => ledger.NoteWebhook(transaction.Reference, outcome),
            });
        if (call is null)
            ledger.NoteWebhook(transaction.Reference, "not sent");
        return call;
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
