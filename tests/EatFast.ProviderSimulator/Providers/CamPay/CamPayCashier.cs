using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>Opens charges and payouts and decides them: a person's charge waits for the person, all others for the clock.</summary>
internal sealed class CamPayCashier(
    CamPayOptions options, Operators operators, CamPayLedger ledger, CamPayWebhooks webhooks, CamPayFaults faults, TimeProvider clock)
    : ITimed
{
    public async Task<IResult> MoveAsync(HttpContext http, string endpoint, string phoneField, Func<CamPayTransaction, object> answer)
    {
        if (await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) is not { } body)
            return CamPayErrors.Unparsable();
        var (request, refusal) = MoneyRequest.Read(body, phoneField, operators, options);
        return request is null
            ? refusal
            : await faults.AroundAsync(http, request.Phone, endpoint, () => OpenAsync(http, endpoint, request, answer));
    }

    public bool TryDecide(Guid reference, string status, string reason)
    {
        if (ledger.Decide(reference, status, reason, clock.GetUtcNow()) is not { } decided)
            return false;
        webhooks.Announce(decided);
        return true;
    }

    public void Tick(DateTimeOffset now)
    {
        foreach (var due in ledger.Pending().Where(transaction => transaction.DecidesAt <= now))
            TryDecide(due.Reference, due.PlannedStatus, due.PlannedReason);
    }

    private async Task<IResult> OpenAsync(HttpContext http, string endpoint, MoneyRequest request, Func<CamPayTransaction, object> answer)
    {
        var (opening, transaction) = ledger.Open(endpoint, request.ExternalReference, number => Draft(endpoint, request, number));
        if (opening == Opening.NotEnoughFloat)
            return CamPayErrors.NotEnoughFloat();
        if (opening == Opening.AlreadyKnown && options.DuplicateReference == CamPayOptions.Reject)
            return CamPayErrors.Field("external_reference", "This field must be unique.");
        if (opening == Opening.Opened && faults.Strikes(MovementFaults.WebhookBeforeAnswer, transaction))
            await DecideBeforeAnswerAsync(transaction, http.RequestAborted);
        return CamPayJson.Answer(answer(transaction));
    }

    private async Task DecideBeforeAnswerAsync(CamPayTransaction transaction, CancellationToken ct)
    {
        var fails = Operators.TestOutcome(transaction.Phone) is false;
        var status = fails ? CamPayStatus.Failed : CamPayStatus.Successful;
        var reason = fails ? transaction.PlannedReason : "";
        if (ledger.Decide(transaction.Reference, status, reason, clock.GetUtcNow()) is { } decided)
            await webhooks.AnnounceAtOnceAsync(decided, ct);
    }

    private CamPayTransaction Draft(string endpoint, MoneyRequest request, int number)
    {
        var now = clock.GetUtcNow();
        var isCollect = endpoint == CamPayEndpoint.Collect;
        var testOutcome = Operators.TestOutcome(request.Phone);
        var awaitsPerson = isCollect && testOutcome is null;
        var succeeds = !awaitsPerson && testOutcome is not false;
        var isOtherAmount = faults.Strikes(MovementFaults.OtherAmount, request.Phone, endpoint);
        return new CamPayTransaction
        {
            Reference = Guid.NewGuid(),
            Endpoint = endpoint,
            Phone = request.Phone,
            Operator = request.Carrier.Name,
            RequestedXaf = request.AmountXaf,
            AmountXaf = isOtherAmount ? Math.Max(1, request.AmountXaf / 2) : request.AmountXaf,
            ExternalReference = request.ExternalReference,
            ExternalUser = request.ExternalUser,
            Description = request.Description,
            Number = number,
            CreatedAt = now,
            DecidesAt = now.AddMilliseconds(awaitsPerson ? options.PromptExpiresAfterMs : options.DecideAfterMs),
            PlannedStatus = succeeds ? CamPayStatus.Successful : CamPayStatus.Failed,
            PlannedReason = succeeds ? "" : awaitsPerson ? "EXPIRED" : isCollect ? "Initiatee not found" : "PAYEE_NOT_FOUND",
            AwaitsPerson = awaitsPerson,
        };
    }
}
