using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record RefreshSessionRequest([property: Required, StringLength(200)] string? RefreshToken);

/// <summary>Exchanges a refresh token. A bad one answers 400, not 401: the mobile client would refresh again for ever.</summary>
internal static class RefreshSession
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/refresh", Handle)
        .WithName(nameof(RefreshSession))
        .WithSummary("Exchange a refresh token")
        .AllowAnonymous();

    internal static async Task<Ok<Envelope<AuthAnswer>>> Handle(
        RefreshSessionRequest request, HttpContext http, IdentityDbContext db, SignInGuard guard, AccessTokens tokens, TimeProvider clock,
        CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var presented = await db.LockSessionAsync(request.RefreshToken!, ct) ?? throw new RuleViolatedException("INVALID_REFRESH_TOKEN");
        var user = await db.Users.SingleAsync(user => user.Id == presented.Session.UserId, ct);
        // Read after the wait for the lock, so that the grace for lost answers is measured from now.
        var now = clock.GetUtcNow();
        user.EnsureMaySignIn(now);
        var next = presented.Session.Rotate(presented.Token, request.RefreshToken!, presented.Successor, guard.DeviceKeyOf(http), now);
        if (presented.Session.RevokedAt == now)
            db.RecordAction(null, "user.refresh_token_reused", "user", user.Id, now, ("session", $"{presented.Session.Id}"));
        // Also when it is refused: a reused token has just revoked the session.
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        return next is null
            ? throw new RuleViolatedException("INVALID_REFRESH_TOKEN")
            : Answer.Ok(tokens.AnswerFor(user, presented.Session, next, now));
    }
}
