using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EatFast.Payments.Domain;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EatFast.Payments.Clients;

/// <summary>CamPay over HTTP. A movement of money is posted once: what could have arrived is unknown, not repeated.</summary>
internal sealed class CamPay(HttpClient http, CamPayTokens tokens, ILogger<CamPay> logger)
{
    public Task<SendResult> CollectAsync(
        string phone, long amountXaf, string description, string externalReference, CancellationToken ct) =>
        MoveAsync("collect/", new
        {
            amount = amountXaf,
            currency = "XAF",
            from = phone,
            description,
            external_reference = externalReference
        }, ct);

    public Task<SendResult> WithdrawAsync(
        string phone, long amountXaf, string description, string externalReference, CancellationToken ct) =>
        MoveAsync("withdraw/", new
        {
            amount = amountXaf,
            currency = "XAF",
            to = phone,
            description,
            external_reference = externalReference
        }, ct);

    /// <summary>Null when CamPay does not tell now.</summary>
    public async Task<ProviderState?> AskAsync(string reference, CancellationToken ct)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Get, $"transaction/{Uri.EscapeDataString(reference)}/", null, ct);
            if (answer.IsSuccessStatusCode && CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) is { } body)
                return CamPayJson.StateOf(body);
            logger.LogWarning("CamPay answered {Status} when asked for a transaction", (int)answer.StatusCode);
        }
        catch (Exception exception) when (IsTrouble(exception, ct))
        {
            logger.LogWarning("CamPay did not tell a transaction's state: {Reason}", exception.Message);
        }
        return null;
    }

    /// <summary>What has ended since that day, by CamPay's statement; empty when it does not tell now. It names no reference of ours.</summary>
    public async Task<IReadOnlyList<StatementLine>> ListAsync(DateOnly since, DateOnly until, CancellationToken ct)
    {
        try
        {
            var days = new { start_date = $"{since:yyyy-MM-dd}", end_date = $"{until:yyyy-MM-dd}" };
            using var answer = await SendAsync(HttpMethod.Post, "history/", days, ct);
            if (answer.IsSuccessStatusCode && CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) is { } body)
                return CamPayJson.LinesOf(body);
            logger.LogWarning("CamPay answered {Status} when asked for its statement", (int)answer.StatusCode);
        }
        catch (Exception exception) when (IsTrouble(exception, ct))
        {
            logger.LogWarning("CamPay did not tell its statement: {Reason}", exception.Message);
        }
        return [];
    }

    private async Task<SendResult> MoveAsync(string path, object body, CancellationToken ct)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Post, path, body, ct);
            if (!answer.IsSuccessStatusCode)
                logger.LogWarning("CamPay answered {Status} to {Path}", (int)answer.StatusCode, path);
            return ReadMove(answer.StatusCode, CamPayJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)));
        }
        catch (Exception exception) when (IsTrouble(exception, ct))
        {
            logger.LogWarning("CamPay gave no answer to {Path}: {Reason}", path, exception.Message);
            return NeverLeft(exception) ? new(SendOutcome.NotSent) : new(SendOutcome.Unknown, Reason: "NO_ANSWER");
        }
    }

    private static SendResult ReadMove(HttpStatusCode status, JsonElement? body) => (int)status switch
    {
        < 300 when body is { } accepted && CamPayJson.Text(accepted, "reference") is { } reference => new(SendOutcome.Accepted, reference),
        401 or 403 or 429 => new(SendOutcome.NotSent),
        408 => new(SendOutcome.Unknown, Reason: "NO_ANSWER"),
        400 or 409 when CamPayJson.IsKnownReference(body) => new(SendOutcome.Unknown, Reason: ProviderAnswers.KnownThere),
        >= 400 and < 500 => new(SendOutcome.Refused, Reason: CamPayJson.RefusalOf(body)),
        _ => new(SendOutcome.Unknown, Reason: $"ANSWER_{(int)status}")
    };

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
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

    private static bool IsTrouble(Exception exception, CancellationToken ct) => !ct.IsCancellationRequested
        && exception is HttpRequestException or IOException or OperationCanceledException
            or TimeoutRejectedException or BrokenCircuitException;

    private static bool NeverLeft(Exception exception) => exception is BrokenCircuitException or HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
    };
}

/// <summary>A line of CamPay's statement: enough to know what to ask about, too little to believe.</summary>
internal sealed record StatementLine(string Reference, string Description, long? AmountXaf);
