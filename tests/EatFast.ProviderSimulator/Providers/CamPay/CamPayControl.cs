using EatFast.ProviderSimulator.Control;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>The hidden side of CamPay: the phone in the payer's hand, the statement of the account, and the misfortunes to come.</summary>
internal static class CamPayControl
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/control/prompts", ListPrompts);
        app.MapPost("/control/prompts/{reference}/approve", (string reference, CamPayCashier cashier, CamPayLedger ledger) =>
            Decide(reference, CamPayStatus.Successful, "", cashier, ledger));
        app.MapPost("/control/prompts/{reference}/refuse", (string reference, CamPayCashier cashier, CamPayLedger ledger) =>
            Decide(reference, CamPayStatus.Failed, "APPROVAL_REJECTED", cashier, ledger));
        var campay = app.MapGroup("/control/campay");
        campay.MapGet("/statement", GetStatement);
        FaultControl.Map(campay, new FaultMenu(CamPayFaults.Provider, CamPayFaults.Kinds, CamPayFaults.Endpoints));
        campay.MapGet("/settings", (CamPayOptions options) => Settings(options));
        campay.MapPut("/settings", ChangeSettings);
    }

    private static IResult ListPrompts(CamPayLedger ledger) => Results.Ok(ledger.Pending()
        .Where(transaction => transaction.AwaitsPerson)
        .OrderByDescending(transaction => transaction.CreatedAt)
        .Select(transaction => new
        {
            transaction.Reference,
            transaction.Phone,
            transaction.Operator,
            AmountXaf = transaction.RequestedXaf,
            transaction.Description,
            transaction.ExternalReference,
            transaction.CreatedAt,
            ExpiresAt = transaction.DecidesAt,
        }));

    private static IResult Decide(string reference, string status, string reason, CamPayCashier cashier, CamPayLedger ledger)
    {
        if (!Guid.TryParse(reference, out var id) || ledger.Find(id) is not { AwaitsPerson: true })
            return Results.Problem("No prompt has this reference.", statusCode: StatusCodes.Status404NotFound);
        return cashier.TryDecide(id, status, reason)
            ? Results.Ok(new { Reference = id, Status = status })
            : Results.Problem($"Already decided: {ledger.Find(id)!.Status}.", statusCode: StatusCodes.Status409Conflict);
    }

    private static IResult GetStatement(CamPayLedger ledger, string? take)
    {
        if (!ControlEndpoints.TryReadTake(take, int.MaxValue, out var count))
            return ControlEndpoints.BadTake();
        var all = ledger.All();
        var collected = all.Where(transaction => transaction is { IsCollect: true, Status: CamPayStatus.Successful }).ToList();
        var withdrawn = all.Where(transaction => transaction is { IsCollect: false, Status: CamPayStatus.Successful }).ToList();
        return Results.Ok(new
        {
            Currency = "XAF",
            MtnBalanceXaf = ledger.BalanceXaf(Operators.Mtn),
            OrangeBalanceXaf = ledger.BalanceXaf(Operators.Orange),
            CollectedXaf = collected.Sum(transaction => transaction.AmountXaf),
            WithdrawnXaf = withdrawn.Sum(transaction => transaction.AmountXaf),
            FeesXaf = collected.Sum(transaction => transaction.FeeXaf) + withdrawn.Sum(transaction => transaction.FeeXaf),
            Pending = all.Count(transaction => transaction.IsPending),
            Count = all.Count,
            Transactions = all.Reverse().Take(count),
        });
    }

    private static object Settings(CamPayOptions options) =>
        new { options.DuplicateReference, options.WebhookMethod, options.DecideAfterMs };

    private static async Task<IResult> ChangeSettings(HttpContext http, CamPayOptions options)
    {
        var body = await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) ?? default;
        var mode = body.Text("duplicateReference") ?? options.DuplicateReference;
        var method = body.Text("webhookMethod") ?? options.WebhookMethod;
        var delay = body.Text("decideAfterMs") ?? $"{options.DecideAfterMs}";
        if (!CamPayOptions.IsDuplicateMode(mode) || !CamPayOptions.IsWebhookMethod(method) || !int.TryParse(delay, out var ms) || ms < 0)
            return Results.Problem(
                "duplicateReference is first-result or reject, webhookMethod is POST or GET, decideAfterMs is not negative.",
                statusCode: StatusCodes.Status400BadRequest);
        (options.DuplicateReference, options.WebhookMethod, options.DecideAfterMs) = (mode, method, ms);
        return Results.Ok(Settings(options));
    }
}
