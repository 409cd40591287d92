using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record VerifySecondFactorRequest(
    Guid? UserId,
    Guid? ChallengeId,
    [property: Required, StringLength(20, MinimumLength = 6)] string? Code,
    [property: AllowedValues(FactorMethod.Totp, FactorMethod.Sms, FactorMethod.Email, FactorMethod.BackupCode, null)] string? Method,
    [property: StringLength(100)] string? DeviceId,
    bool? TrustDevice);

/// <summary>An auth answer, with the secret of a device that is trusted from now on.</summary>
internal sealed record SecondFactorAnswer(
    UserView User, string Token, string AccessToken, string RefreshToken, int ExpiresIn, string? TrustedDeviceToken);

internal sealed record FactorProven(bool Verified);

/// <summary>
/// The second factor: with a userId it ends a sign-in that waits for it, without one it makes the signed-in session fresh for
/// five minutes. Wrong ones are slowed down like wrong passwords, apart from those.
/// </summary>
internal static class VerifySecondFactor
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("/2fa/verify", Handle).WithName(nameof(VerifySecondFactor)).WithSummary("Show a second factor").AllowAnonymous()
            .Produces<Envelope<SecondFactorAnswer>>();
        auth.MapPost("/verify-2fa", Handle).WithName("Verify2fa").WithSummary("Show a second factor (older name)").AllowAnonymous()
            .Produces<Envelope<SecondFactorAnswer>>();
    }

    internal static async Task<IResult> Handle(
        VerifySecondFactorRequest request, HttpContext http, ClaimsPrincipal principal, IdentityDbContext db, CodeVault vault,
        SignInGuard guard, Entrance entrance, SecondFactors factors, TimeProvider clock, CancellationToken ct)
    {
        var caller = CurrentUser.From(principal);
        if ((request.UserId ?? caller?.Id) is not { } userId)
            return TypedResults.Unauthorized();
        var challenge = request.UserId is null ? null : await entrance.FindChallengeAsync(userId, request.ChallengeId, http, ct);
        if (request.UserId is not null && challenge is null)
            throw new RuleViolatedException("INVALID_CODE");
        var attempt = await guard.BeginAsync(vault.HashOfPlace("second-factor", $"{userId}"), http, ct, userId);
        try
        {
            var (method, code) = (request.Method ?? FactorMethod.Totp, request.Code!.Trim());
            IResult result;
            if (challenge is { } waiting)
            {
                var trustAs = request.TrustDevice == true ? request.DeviceId ?? "" : null;
                var (answer, trusted) = await entrance.FinishAsync(waiting, method, code, trustAs, http, ct);
                result = Answer.Ok(new SecondFactorAnswer(
                    answer.User, answer.Token, answer.AccessToken, answer.RefreshToken, answer.ExpiresIn, trusted));
            }
            else
            {
                await ProveAsync(caller!, principal, method, code, db, factors, clock, ct);
                result = Answer.Ok(new FactorProven(true));
            }
            await guard.SucceedAsync(attempt, ct);
            return result;
        }
        catch (RuleViolatedException refused) when (refused.Code == "INVALID_CODE")
        {
            await guard.FailAsync(attempt, userId, ct);
            throw;
        }
    }

    private static async Task ProveAsync(
        CurrentUser caller, ClaimsPrincipal principal, string method, string code, IdentityDbContext db, SecondFactors factors,
        TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        if (await factors.FindAsync(caller.Id, ct) is not { } factor || !await factors.IsRightAsync(factor, user, method, code, ct))
            throw new RuleViolatedException("INVALID_CODE");
        var (now, sid) = (clock.GetUtcNow(), principal.FindFirstValue(Revocations.SessionClaim));
        var sessionId = Guid.TryParse(sid, out var id) ? id : Guid.Empty;
        await db.Sessions.Where(session => session.Id == sessionId && session.UserId == caller.Id)
            .ExecuteUpdateAsync(session => session.SetProperty(row => row.ProvenAt, now), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
