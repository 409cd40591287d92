using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Control;

/// <summary>What may go wrong with a provider, at which of its calls, and whom it may be ordered for.</summary>
internal sealed record FaultMenu(string Provider, IReadOnlyList<string> Kinds, IReadOnlyList<string> Endpoints)
{
    public string Who { get; init; } = "phone";
    public string WhoIs { get; init; } = "A number as 237XXXXXXXXX, or * for every number.";
    public Predicate<string?> IsWho { get; init; } = who => who == FaultBoard.AnyPhone || Operators.IsNumber(who);
    public string? Default { get; init; }
}

/// <summary>The misfortunes of a provider: ordered, listed and cleared.</summary>
internal static class FaultControl
{
    public static void Map(IEndpointRouteBuilder provider, FaultMenu menu)
    {
        provider.MapGet("/faults", (FaultBoard board) => board.Active(menu.Provider));
        provider.MapPost("/faults", (HttpContext http, FaultBoard board) => OrderAsync(http, board, menu));
        provider.MapDelete("/faults", (FaultBoard board) => Clear(board, menu));
    }

    private static async Task<IResult> OrderAsync(HttpContext http, FaultBoard board, FaultMenu menu)
    {
        var body = await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) ?? default;
        var who = body.Text(menu.Who) ?? menu.Default;
        var errors = new Dictionary<string, string[]>();
        if (!menu.IsWho(who))
            errors[menu.Who] = [menu.WhoIs];
        if (!menu.Kinds.Contains(body.Text("kind")))
            errors["kind"] = [$"One of {string.Join(", ", menu.Kinds)}."];
        if (body.Field("endpoint") is not null && !menu.Endpoints.Contains(body.Text("endpoint")))
            errors["endpoint"] = [$"One of {string.Join(", ", menu.Endpoints)}, or absent for every movement of money."];
        if (!int.TryParse(body.Text("count") ?? "1", out var count) || count is < 1 or > 1_000_000)
            errors["count"] = ["From 1 to 1000000."];
        return errors.Count > 0
            ? Results.ValidationProblem(errors)
            : Results.Created(
                $"/control/{menu.Provider}/faults", board.Add(menu.Provider, who!, body.Text("kind")!, body.Text("endpoint"), count));
    }

    private static IResult Clear(FaultBoard board, FaultMenu menu)
    {
        board.Clear(menu.Provider);
        return Results.NoContent();
    }
}
