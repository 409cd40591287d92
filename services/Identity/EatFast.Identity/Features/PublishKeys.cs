using EatFast.Identity.Credentials;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

/// <summary>The public keys everyone checks tokens with; bare, because the standard (RFC 7517) knows no envelope.</summary>
internal static class PublishKeys
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/.well-known/jwks.json", Handle)
        .WithName(nameof(PublishKeys))
        .WithSummary("The keys that sign access tokens")
        .AllowAnonymous();

    internal static Ok<KeySetView> Handle(HttpContext http, SigningKeys keys)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(keys.Published);
    }
}
