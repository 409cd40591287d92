using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.State;

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
        noupay.MapPost("/{transaction}/approve", (string transaction, NouPayLedger ledger) => Decide(transaction, NouPayStatus.Successful, ledger));
        noupay.MapPost("/{transaction}/refuse", (string transaction, NouPayLedger ledger) => Decide(transaction, NouPayStatus.Failed, ledger));
        noupay.MapGet("/faults", (FaultBoard board) => board.Active(NouPayEndpoints.Provider));
        noupay.MapPost("/faults", OrderFault);
        noupay.MapDelete("/faults", ClearFaults);
    }

    private static IResult Decide(string transaction, string status, NouPayLedger ledger)
    {
        if (ledger.Find(transaction) is null)
            return Results.Problem("No such transaction.", statusCode: StatusCodes.Status404NotFound);
        return ledger.TryDecide(transaction, status)
            ? Results.Ok(new { transaction, status })
            : Results.Problem("Already decided.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> OrderFault(HttpContext http, FaultBoard board)
    {
        var body = await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) ?? default;
        var errors = new Dictionary<string, string[]>();
        if (body.Text("phone") is not { Length: > 0 })
            errors["phone"] = ["A number as 237XXXXXXXXX, or * for every number."];
        if (!NouPayEndpoints.Kinds.Contains(body.Text("kind")))
            errors["kind"] = [$"One of {string.Join(", ", NouPayEndpoints.Kinds)}."];
        if (body.Text("endpoint") is not (null or "initiate" or "verify"))
            errors["endpoint"] = ["initiate or verify."];
        if (!int.TryParse(body.Text("count") ?? "1", out var count) || count is < 1 or > 1_000_000)
            errors["count"] = ["From 1 to 1000000."];
        return errors.Count > 0
            ? Results.ValidationProblem(errors)
            : Results.Created(
                "/control/noupay/faults",
                board.Add(NouPayEndpoints.Provider, body.Text("phone")!, body.Text("kind")!, body.Text("endpoint"), count));
    }

    private static IResult ClearFaults(FaultBoard board)
    {
        board.Clear(NouPayEndpoints.Provider);
        return Results.NoContent();
    }
}
