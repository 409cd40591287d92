using EatFast.ProviderSimulator.Control;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>The hidden side of Stripe: the payer's card, what Stripe believes, and the misfortunes to come.</summary>
internal static class StripeControl
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var stripe = app.MapGroup("/control/stripe");
        stripe.MapGet("/statement", (StripeLedger ledger) => new
        {
            Currency = "XAF",
            CollectedXaf = ledger.Intents().Sum(intent => intent.Received),
            RefundedXaf = ledger.Refunds().Where(refund => refund.Status == "succeeded").Sum(refund => refund.Amount),
            Intents = ledger.Intents(),
            Refunds = ledger.Refunds()
        });
        stripe.MapGet("/prompts", (StripeLedger ledger) => ledger.Intents().Where(intent => intent.IsOpen));
        stripe.MapPost("/intents/{id}/pay/{card}", (string id, string card, StripeCashier cashier) =>
            cashier.Confirm(id, card) is { } moved
                ? Results.Ok(new { Id = id, moved.Status })
                : Results.Problem("No such open intent.", statusCode: StatusCodes.Status404NotFound));
        stripe.MapPost("/intents/{id}/dispute", (string id, StripeDisputes disputes) =>
            disputes.Open(id) is { } dispute
                ? Results.Ok(dispute)
                : Results.Problem("No such charge.", statusCode: StatusCodes.Status404NotFound));
        stripe.MapPost("/disputes/{id}/{outcome:regex(^won|lost$)}", (string id, string outcome, StripeDisputes disputes) =>
            disputes.Close(id, outcome) is { } dispute
                ? Results.Ok(dispute)
                : Results.Problem("No such open dispute.", statusCode: StatusCodes.Status404NotFound));
        FaultControl.Map(stripe, StripeFaults.Menu);
    }
}
