using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.Google;

/// <summary>Google's published keys at their true path, and on the hidden side the tokens that its sign-in would have given.</summary>
internal static class GoogleEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/google/oauth2/v3/certs", (GoogleAccounts accounts) => accounts.Published());
        var control = app.MapGroup("/control/google");
        control.MapPost("/tokens", Sign);
        control.MapPost("/keys", (GoogleAccounts accounts) =>
        {
            accounts.Rotate();
            return Results.NoContent();
        });
    }

    private static async Task<IResult> Sign(HttpContext http, GoogleAccounts accounts) =>
        await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) is not { } body
            ? Results.Problem("Send the members of the token as a JSON object.", statusCode: StatusCodes.Status400BadRequest)
            : Results.Ok(new { IdToken = accounts.Sign(body.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone())) });
}
