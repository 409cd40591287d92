namespace EatFast.ProviderSimulator.Control;

/// <summary>The page on which a person plays the phone; it lies inside the assembly and so is found from any directory.</summary>
internal static class SimulatorPage
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/", Handle);

    private static IResult Handle(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self' 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(typeof(SimulatorPage).Assembly.GetManifestResourceStream("index.html")!, "text/html; charset=utf-8");
    }
}
