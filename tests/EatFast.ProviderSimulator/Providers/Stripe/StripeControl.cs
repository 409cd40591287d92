using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>The hidden side of Stripe: the payer's card, what Stripe believes, and the misfortunes to come.</summary>
internal static class StripeControl
{
    private static readonly string[] Endpoints = ["intent", "refund", "read", "webhook"];

    private static readonly string[] Kinds =
    [
        AnswerFaults.Timeout, AnswerFaults.Error500, AnswerFaults.LostAnswer, AnswerFaults.Slow,
        CamPayFaults.WebhookNever, CamPayFaults.WebhookFiveTimes, CamPayFaults.BadSignature
    ];

    public static void Map(IEndpointRouteBuilder app)
    {
        var stripe = app.MapGroup("/control/stripe");
        stripe.MapGet("/statement", (StripeLedger ledger) => new
        {
            Currency = "XAF",
            CollectedXaf = ledger.Intents().Where(intent => intent.Status == "succeeded").Sum(intent => intent.Amount),
            RefundedXaf = ledger.Refunds().Where(refund => refund.Status == "succeeded").Sum(refund => refund.Amount),
            Intents = ledger.Intents(),
            Refunds = ledger.Refunds()
        });
        stripe.MapPost("/intents/{id}/pay/{card}", (string id, string card, StripeLedger ledger, StripeCashier cashier) =>
            ledger.Find(id) is not { IsOpen: true } intent
                ? Results.Problem("No such open intent.", statusCode: StatusCodes.Status404NotFound)
                : Results.Ok(new { Id = id, cashier.Confirm(intent, card).Status }));
        stripe.MapPost("/faults", OrderFault);
        stripe.MapGet("/faults", (FaultBoard board) => board.Active(StripeEndpoints.Provider));
        stripe.MapDelete("/faults", (FaultBoard board) => board.Clear(StripeEndpoints.Provider));
    }

    private static async Task<IResult> OrderFault(HttpContext http, FaultBoard board)
    {
        var body = await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) ?? default;
        var errors = new Dictionary<string, string[]>();
        if (!Kinds.Contains(body.Text("kind")))
            errors["kind"] = [$"One of {string.Join(", ", Kinds)}."];
        if (!Endpoints.Contains(body.Text("endpoint")))
            errors["endpoint"] = [$"One of {string.Join(", ", Endpoints)}."];
        if (!int.TryParse(body.Text("count") ?? "1", out var count) || count is < 1 or > 1_000_000)
            errors["count"] = ["From 1 to 1000000."];
        return errors.Count > 0
            ? Results.ValidationProblem(errors)
            : Results.Created(
                "/control/stripe/faults",
                board.Add(StripeEndpoints.Provider, FaultBoard.AnyPhone, body.Text("kind")!, body.Text("endpoint"), count));
    }
}
