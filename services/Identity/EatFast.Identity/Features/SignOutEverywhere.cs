using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

internal sealed record SignOutEverywhereResponse(int SessionsEnded);

/// <summary>Ends every session of the account, this one too; access tokens in hand are refused everywhere within seconds.</summary>
internal static class SignOutEverywhere
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/logout-all", Handle)
        .WithName(nameof(SignOutEverywhere))
        .WithSummary("Sign out on every device")
        .RequireAuthorization();

    internal static async Task<Ok<Envelope<SignOutEverywhereResponse>>> Handle(
        CurrentUser caller, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        var now = clock.GetUtcNow();
        user.RevokeTokens(now);
        db.RecordAction(caller, "user.signed_out_everywhere", "user", user.Id, now);
        var ended = await db.EndSessionsAsync(user.Id, except: null, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        return Answer.Ok(new SignOutEverywhereResponse(ended));
    }
}
