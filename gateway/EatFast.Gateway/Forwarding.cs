using EatFast.Security;
using Microsoft.Extensions.Primitives;

namespace EatFast.Gateway;

/// <summary>The pipeline around each forwarded request: no claim of the client about itself goes in, no bare outage comes out.</summary>
internal static class Forwarding
{
    private const string RetryAfterSeconds = "2";
    private static readonly string[] OurHeaders = ["X-User-", "X-Internal-", "X-Forwarded-", "X-Original-"];

    public static void Configure(IReverseProxyApplicationBuilder proxy)
    {
        proxy.Use(async (http, next) =>
        {
            DropClaims(http);
            http.Request.Headers[InternalCalls.Header] = http.RequestServices.GetRequiredService<InternalCalls>().Key;
            await next(http);
            AnswerOutage(http.Response);
        });
        proxy.UseSessionAffinity();
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    }

    private static void DropClaims(HttpContext http)
    {
        var headers = http.Request.Headers;
        foreach (var name in headers.Keys.Where(IsOurs).ToList())
            headers.Remove(name);

        // On an open route a bad token counts as none. Providers' webhooks authenticate by other schemes, which stay.
        if (http.User.Identity?.IsAuthenticated != true && IsBearer(headers.Authorization))
            headers.Remove("Authorization");
    }

    private static bool IsOurs(string header) =>
        header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || Array.Exists(OurHeaders, prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsBearer(StringValues authorization) =>
        authorization.Any(value => value?.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase) == true);

    // The body is written further out, where every empty failure gets the contract's shape.
    private static void AnswerOutage(HttpResponse response)
    {
        if (response.HasStarted || response.StatusCode is not (502 or 503 or 504))
            return;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds;
    }
}
