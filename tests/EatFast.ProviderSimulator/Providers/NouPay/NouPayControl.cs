using EatFast.ProviderSimulator.Control;

namespace EatFast.ProviderSimulator.Providers.NouPay;

/// <summary>The hidden side of NouPay: its statement, the payer's phone, and the misfortunes to come.</summary>
internal static class NouPayControl
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var noupay = app.MapGroup("/control/noupay");
        noupay.MapGet("/statement", (NouPayLedger ledger) => new
        {
            Currency = "XAF",
            CollectedXaf = ledger.All().Where(known => known.Status == NouPayStatus.Successful).Sum(known => known.PaidXaf),
            Transactions = ledger.All()
        });
        noupay.MapGet("/prompts", (NouPayLedger ledger) => ledger.All()
            .Where(known => known is { AwaitsPerson: true, Status: NouPayStatus.Pending }));
        noupay.MapPost("/{transaction}/approve", (string transaction, NouPayLedger ledger) => Decide(transaction, NouPayStatus.Successful, ledger));
        noupay.MapPost("/{transaction}/refuse", (string transaction, NouPayLedger ledger) => Decide(transaction, NouPayStatus.Failed, ledger));
        FaultControl.Map(noupay, new FaultMenu(NouPayEndpoints.Provider, NouPayEndpoints.Kinds, NouPayEndpoints.Endpoints));
    }

    private static IResult Decide(string transaction, string status, NouPayLedger ledger)
    {
        if (ledger.Find(transaction) is null)
            return Results.Problem("No such transaction.", statusCode: StatusCodes.Status404NotFound);
        return ledger.TryDecide(transaction, status)
            ? Results.Ok(new { transaction, status })
            : Results.Problem("Already decided.", statusCode: StatusCodes.Status409Conflict);
    }
}
