using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record SendSecondFactorRequest(Guid? UserId);

/// <summary>
/// Codes by SMS and e-mail as second factors: sent to the signed-in account, or to one whose sign-in waits for it. They can be
/// switched on for an address that was proven before.
/// </summary>
internal static class SendSecondFactor
{
    public static void Map(IEndpointRouteBuilder factors)
    {
        factors.MapPost("/sms/send", (SendSecondFactorRequest? request, HttpContext http, SecondFactorPost post, CancellationToken ct) =>
            post.SendAsync(FactorMethod.Sms, request?.UserId, CurrentUser.From(http.User), ct))
            .AllowAnonymous().WithName("SendSmsFactor").WithSummary("Send a security code by SMS").Produces(200);
        factors.MapPost("/email/send", (SendSecondFactorRequest? request, HttpContext http, SecondFactorPost post, CancellationToken ct) =>
            post.SendAsync(FactorMethod.Email, request?.UserId, CurrentUser.From(http.User), ct))
            .AllowAnonymous().WithName("SendEmailFactor").WithSummary("Send a security code by e-mail").Produces(200);
        factors.MapPost("/sms/enable", (CurrentUser caller, IdentityDbContext db, TwoFactorChange change, CancellationToken ct) =>
            EnableAsync(caller, db, change, user => user.PhoneVerified, factor => factor.SetSms(true), FactorMethod.Sms, ct))
            .WithName("EnableSmsFactor").WithSummary("Switch codes by SMS on");
        factors.MapPost("/email/enable", (CurrentUser caller, IdentityDbContext db, TwoFactorChange change, CancellationToken ct) =>
            EnableAsync(caller, db, change, user => user.EmailVerified, factor => factor.SetEmail(true), FactorMethod.Email, ct))
            .WithName("EnableEmailFactor").WithSummary("Switch codes by e-mail on");
    }

    private static async Task<Ok<Envelope<ChangedView>>> EnableAsync(
        CurrentUser caller, IdentityDbContext db, TwoFactorChange change, Func<User, bool> isProven, Action<TwoFactor> enable, string method,
        CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == caller.Id, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        return isProven(user)
            ? await change.StrengthenAsync(enable, method, ct)
            : throw new RuleViolatedException("TWO_FACTOR_NOT_SET_UP");
    }
}

/// <summary>Sends the codes; to an account that is not signed in only while its sign-in waits, and the answer never tells.</summary>
internal sealed class SecondFactorPost(IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, TimeProvider clock)
{
    public async Task<IResult> SendAsync(string method, Guid? userId, CurrentUser? caller, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if ((caller?.Id ?? userId) is not { } wanted)
            return TypedResults.Unauthorized();
        var mayAsk = caller is not null
            || await db.Challenges.AnyAsync(row => row.UserId == wanted && row.EndedAt == null && row.ExpiresAt > now, ct);
        var user = mayAsk ? await db.Users.SingleOrDefaultAsync(row => row.Id == wanted, ct) : null;
        if (user is null)
        {
            var lifetime = SecurityCodes.LifetimeOf(CodePurpose.SecondFactor, method);
            return Answer.Ok(new CodeSent(Guid.CreateVersion7(now), (int)lifetime.TotalSeconds, true));
        }
        var person = vault.Open(user);
        var recipient = method == FactorMethod.Sms
            ? new CodeRecipient(CodeRecipient.Sms, person.Phone, user.PhoneIndex, user)
            : new CodeRecipient(CodeRecipient.Email, person.Email, user.EmailIndex, user);
        return Answer.Ok(CodeSent.Of(await codes.IssueAsync(CodePurpose.SecondFactor, recipient, ct)));
    }
}
