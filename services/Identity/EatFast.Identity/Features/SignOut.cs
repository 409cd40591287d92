using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record SignOutRequest([property: StringLength(200)] string? RefreshToken);

internal sealed record SignOutResponse(bool SignedOut);

/// <summary>Ends the session of the refresh token in the body, else that of the access token; the answer never tells which.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/logout", Handle)
        .WithName(nameof(SignOut))
        .WithSummary("Sign out on this device")
        .RequireAuthorization();

    internal static async Task<Ok<Envelope<SignOutResponse>>> Handle(
        SignOutRequest? request, ClaimsPrincipal principal, CurrentUser caller, IdentityDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var sessionId = request?.RefreshToken is { } secret
            ? await SessionOfAsync(db, secret, ct)
            : Guid.TryParse(principal.FindFirstValue("sid"), out var sid) ? sid : null;
        await db.Sessions
            .Where(session => session.Id == sessionId && session.UserId == caller.Id && session.RevokedAt == null)
            .ExecuteUpdateAsync(session => session.SetProperty(row => row.RevokedAt, now), ct);

        return Answer.Ok(new SignOutResponse(true));
    }

    private static async Task<Guid?> SessionOfAsync(IdentityDbContext db, string secret, CancellationToken ct)
    {
        var hash = RefreshToken.HashOf(secret);
        return await db.RefreshTokens.Where(token => token.Hash == hash).Select(token => (Guid?)token.SessionId).SingleOrDefaultAsync(ct);
    }
}
