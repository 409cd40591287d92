using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Clients;

/// <summary>CamPay over HTTP. A movement of money is posted once: what could have arrived is unknown, not repeated.</summary>
internal sealed class CamPay(HttpClient http, CamPayTokens tokens, ILogger<CamPay> logger) : IMoneyProvider
{
    private const string Withdraw = "withdraw/";

    public string Name => PaymentMethods.CamPay;

    public bool IsOn => true;

    // The statement lists no external reference, but it does list the external user: with ours in it a lost answer can be found there.
    public Task<SendResult> CollectAsync(MoneyOrder order, CancellationToken ct) =>
        MoveAsync("collect/", new
        {
            amount = order.AmountXaf,
            currency = "XAF",
            from = order.Phone,
            description = order.Description,
            external_reference = order.ExternalReference,
            external_user = order.ExternalReference
        }, ct);

    public Task<SendResult> SendAsync(MoneyOrder order, CancellationToken ct) =>
        MoveAsync(Withdraw, new
        {
            amount = order.AmountXaf,
            currency = "XAF",
            to = order.Phone,
            description = order.Description,
            external_reference = order.ExternalReference,
            external_user = order.ExternalReference
        }, ct);

    public async Task<IReadOnlyList<StatementLine>?> ListAsync(DateOnly from, DateOnly until, CancellationToken ct)
    {
        try
        {
            var days = new { start_date = $"{from:yyyy-MM-dd}", end_date = $"{until:yyyy-MM-dd}" };
            using var answer = await CallAsync(HttpMethod.Post, "history/", days, ct);
            if (answer.IsSuccessStatusCode && CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) is { } body)
                return CamPayJson.LinesOf(body);
            logger.LogWarning("CamPay answered {Status} when asked for its statement", (int)answer.StatusCode);
        }
        catch (Exception exception) when (Trouble.Is(exception, ct))
        {
            logger.LogWarning("CamPay did not tell its statement: {Reason}", exception.Message);
        }
        return null;
    }

    public async Task<ProviderState?> AskAsync(Attempt attempt, string reference, CancellationToken ct)
    {
        try
        {
            using var answer = await CallAsync(HttpMethod.Get, $"transaction/{Uri.EscapeDataString(reference)}/", null, ct);
            if (answer.IsSuccessStatusCode && CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) is { } body)
                return CamPayJson.StateOf(body);
            logger.LogWarning("CamPay answered {Status} when asked for a transaction", (int)answer.StatusCode);
        }
        catch (Exception exception) when (Trouble.Is(exception, ct))
        {
            logger.LogWarning("CamPay did not tell a transaction's state: {Reason}", exception.Message);
        }
        return null;
    }

    public async Task<long?> BalanceAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await CallAsync(HttpMethod.Get, "balance/", null, ct);
            if (answer.IsSuccessStatusCode && CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) is { } body)
                return CamPayJson.AmountOf(body, "total_balance");
            logger.LogWarning("CamPay answered {Status} when asked for our balance", (int)answer.StatusCode);
        }
        catch (Exception exception) when (Trouble.Is(exception, ct))
        {
            logger.LogWarning("CamPay did not tell our balance: {Reason}", exception.Message);
        }
        return null;
    }

    private async Task<SendResult> MoveAsync(string path, object body, CancellationToken ct)
    {
        try
        {
            using var answer = await CallAsync(HttpMethod.Post, path, body, ct);
            if (!answer.IsSuccessStatusCode)
                logger.LogWarning("CamPay answered {Status} to {Path}", (int)answer.StatusCode, path);
            return ReadMove(path, answer.StatusCode, CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)));
        }
        catch (Exception exception) when (Trouble.Is(exception, ct))
        {
            logger.LogWarning("CamPay gave no answer to {Path}: {Reason}", path, exception.Message);
            return Trouble.NeverLeft(exception) ? new(SendOutcome.NotSent) : new(SendOutcome.Unknown, Reason: "NO_ANSWER");
        }
    }

    private static SendResult ReadMove(string path, HttpStatusCode status, JsonElement? body) => (int)status switch
    {
        < 300 when body is { } accepted && CamPayJson.Text(accepted, "reference") is { } reference => new(SendOutcome.Accepted, reference),
        // Withdrawals are switched off for our account: it will say the same tomorrow.
        403 when path == Withdraw => new(SendOutcome.Refused, Reason: "WITHDRAWALS_DISABLED"),
        401 or 403 or 429 => new(SendOutcome.NotSent),
        408 => new(SendOutcome.Unknown, Reason: "NO_ANSWER"),
        400 or 409 when CamPayJson.IsKnownReference(body) => new(SendOutcome.Unknown, Reason: ProviderAnswers.KnownThere),
        >= 400 and < 500 => new(SendOutcome.Refused, Reason: CamPayJson.RefusalOf(body)),
        _ => new(SendOutcome.Unknown, Reason: $"ANSWER_{(int)status}")
    };

    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        for (var isRepeat = false; ; isRepeat = true)
        {
            var token = await tokens.GetAsync(http, ct);
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Token", token);
            request.Content = body is null ? null : JsonContent.Create(body);
            var answer = await http.SendAsync(request, ct);
            // A refused token moved nothing, so this one repeat is safe.
            if (answer.StatusCode != HttpStatusCode.Unauthorized || isRepeat || !tokens.Discard(token))
                return answer;
            answer.Dispose();
        }
    }
}
