using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.Ga4;

/// <summary>
/// Google Analytics' Measurement Protocol at its true paths: it takes anything and answers 204. What it thinks of it stands in its debug
/// answer, and under /control/ga4.
/// </summary>
internal static class Ga4Endpoints
{
    public static void AddGa4(this IServiceCollection services) => services.AddSingleton<Ga4Inbox>();

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/mp/collect", Collect);
        app.MapPost("/debug/mp/collect", async (HttpContext http) =>
            new { ValidationMessages = Ga4Rules.Judge(await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted)) });
        app.MapGet("/control/ga4", (Ga4Inbox inbox, string? name) => inbox.Describe(name));
        app.MapDelete("/control/ga4", (Ga4Inbox inbox) =>
        {
            inbox.Clear();
            return Results.NoContent();
        });
    }

    private static async Task<IResult> Collect(HttpContext http, Ga4Inbox inbox)
    {
        var query = http.Request.Query;
        var isKnown = query["measurement_id"].ToString().Length > 0 && query["api_secret"].ToString().Length > 0;
        inbox.Take(isKnown, await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted));
        return Results.NoContent();
    }
}
