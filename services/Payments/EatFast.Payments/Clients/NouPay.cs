using System.Globalization;
using System.Text.Json;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Clients;

/// <summary>How we reach NouPay; without keys it is not used. In Development everything defaults to the provider simulator.</summary>
public sealed record NouPayOptions(Uri BaseUrl, string? ApiKey, string? ProductKey, string Signature, bool IsEnabled = true)
{
    private const string Section = "Providers:NouPay";

    public bool IsOn => IsEnabled && ApiKey is not null && ProductKey is not null;

    public static NouPayOptions Read(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection(Section);
        var simulator = isDevelopment ? configuration["Providers:BaseUrl"] : null;
        var url = Given("BaseUrl") ?? (string.IsNullOrEmpty(simulator) ? "https://api.noupia.com" : simulator);
        return new NouPayOptions(
            new Uri($"{url.TrimEnd('/')}/"),
            Given("ApiKey") ?? (isDevelopment ? "noupay-sim-key" : null),
            Given("ProductKey") ?? (isDevelopment ? "noupay-sim-product" : null),
            Given("Signature") ?? "np-live",
            section.GetValue("Enabled", true));

        string? Given(string key) => section[key] is { Length: > 0 } value ? value : null;
    }
}

/// <summary>
/// NouPay, spoken to as Noupia Pay documents it, for nothing nearer is published. It has no webhook, no statement and no refund:
/// we poll, and what has to go back goes through CamPay. What is uncertain about it stands in docs/decisions/0011.
/// </summary>
internal sealed class NouPay(HttpClient http, NouPayOptions options, ILogger<NouPay> logger) : IMoneyProvider
{
    private const int LongestReference = 30;

    public string Name => PaymentMethods.NouPay;

    public bool IsOn => options.IsOn;

    /// <summary>Its references are at most thirty letters and digits: ours without its dashes and its end, which is still unique.</summary>
    internal static string ReferenceOf(Attempt attempt) =>
        attempt.ExternalReference.Replace("-", "", StringComparison.Ordinal)[..LongestReference];

    public async Task<SendResult> CollectAsync(MoneyOrder order, CancellationToken ct)
    {
        try
        {
            using var answer = await CallAsync(new
            {
                operation = "initiate",
                reference = ReferenceOf(order.Attempt),
                amount = order.AmountXaf,
                phone = order.Phone![3..],
                method = "mobilemoney",
                country = "CM",
                currency = "XAF",
                description = order.Description
            }, ct);
            return ReadStart(CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)), (int)answer.StatusCode);
        }
        catch (Exception exception) when (Trouble.Is(exception, ct))
        {
            logger.LogWarning("NouPay gave no answer: {Reason}", exception.Message);
            return Trouble.NeverLeft(exception) ? new(SendOutcome.NotSent) : new(SendOutcome.Unknown, Reason: "NO_ANSWER");
        }
    }

    public Task<SendResult> SendAsync(MoneyOrder order, CancellationToken ct) =>
        Task.FromResult(new SendResult(SendOutcome.Refused, Reason: "NOT_POSSIBLE_HERE"));

    public async Task<ProviderState?> AskAsync(Attempt attempt, string reference, CancellationToken ct)
    {
        try
        {
            using var answer = await CallAsync(new { operation = "verify", transaction = reference }, ct);
            if (CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) is { } body && IsSuccess(body))
                return StateOf(body.GetProperty("data"), attempt);
            logger.LogWarning("NouPay answered {Status} when asked for a transaction", (int)answer.StatusCode);
        }
        catch (Exception exception) when (Trouble.Is(exception, ct))
        {
            logger.LogWarning("NouPay did not tell a transaction's state: {Reason}", exception.Message);
        }
        return null;
    }

    public bool KeepsStatement => false;

    public Task<IReadOnlyList<StatementLine>?> ListAsync(DateOnly from, DateOnly until, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<StatementLine>?>(null);

    private async Task<HttpResponseMessage> CallAsync(object body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "pay") { Content = JsonContent.Create(body) };
        request.Headers.Add("Noupia-API-Signature", options.Signature);
        request.Headers.Add("Noupia-API-Key", options.ApiKey);
        request.Headers.Add("Noupia-Product-Key", options.ProductKey);
        return await http.SendAsync(request, ct);
    }

    // The body decides, never the HTTP status: what it does not say is unknown.
    private static SendResult ReadStart(JsonElement? answer, int status)
    {
        if (answer is not { } body)
            return new(SendOutcome.Unknown, Reason: $"ANSWER_{status}");
        if (IsSuccess(body) && CamPayJson.Text(body.GetProperty("data"), "transaction") is { } transaction)
            return new(SendOutcome.Accepted, transaction);
        return CamPayJson.Text(body, "response") == "error" ? new(SendOutcome.Refused, Reason: CamPayJson.Text(body, "code") switch
        {
            "ERROR_UNKNOWN_OPERATOR" => "PHONE_OPERATOR_UNSUPPORTED",
            "INVALID_PARAMETER" => "AMOUNT_REFUSED",
            _ => "PROVIDER_REFUSED"
        }) : new(SendOutcome.Unknown, Reason: $"ANSWER_{status}");
    }

    private static bool IsSuccess(JsonElement body) => CamPayJson.Text(body, "response") == "success"
        && body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object;

    private static ProviderState StateOf(JsonElement data, Attempt attempt) => new(
        CamPayJson.Text(data, "status")?.ToLowerInvariant() switch
        {
            "successful" or "success" or "completed" => ProviderState.Successful,
            "failed" or "cancelled" or "canceled" or "error" or "expired" => ProviderState.Failed,
            _ => "PENDING"
        },
        decimal.TryParse(CamPayJson.Text(data, "amount"), CultureInfo.InvariantCulture, out var amount) && amount == decimal.Truncate(amount)
            ? (long)amount : null,
        CamPayJson.Text(data, "currency"),
        CamPayJson.Text(data, "reference") == ReferenceOf(attempt) ? attempt.ExternalReference : CamPayJson.Text(data, "reference") ?? "none",
        null);
}
