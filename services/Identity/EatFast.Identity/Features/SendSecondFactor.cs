using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record SendSecondFactorRequest(Guid? UserId, Guid? ChallengeId);

/// <summary>
/// Codes by SMS and e-mail as second factors: sent to the signed-in account, or to one whose sign-in waits for it. They can be
/// switched on for an address that was proven before.
/// </summary>
internal static class SendSecondFactor
{
    public static void Map(IEndpointRouteBuilder factors, IEndpointRouteBuilder auth)
    {
        auth.MapPost("/resend-2fa", (SendSecondFactorRequest? request, HttpContext http, SecondFactorPost post, CancellationToken ct) =>
            post.SendAsync(null, request, http, ct))
            .AllowAnonymous().WithName("ResendSecondFactor").WithSummary("Send the security code of a sign-in again")
            .Produces<Envelope<CodeSent>>();
        factors.MapPost("/sms/send", (SendSecondFactorRequest? request, HttpContext http, SecondFactorPost post, CancellationToken ct) =>
            post.SendAsync(FactorMethod.Sms, request, http, ct))
            .AllowAnonymous().WithName("SendSmsFactor").WithSummary("Send a security code by SMS").Produces(200);
        factors.MapPost("/email/send", (SendSecondFactorRequest? request, HttpContext http, SecondFactorPost post, CancellationToken ct) =>
            post.SendAsync(FactorMethod.Email, request, http, ct))
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
internal sealed class SecondFactorPost(
    IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, Entrance entrance, TimeProvider clock)
{
    /// <param name="method">By SMS or e-mail; null for what the account has switched on.</param>
    /// <param name="request">Who, where nobody is signed in.</param>
    /// <param name="http">Only the place where a sign-in waits may have its codes sent.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IResult> SendAsync(string? method, SendSecondFactorRequest? request, HttpContext http, CancellationToken ct)
    {
        var (now, caller) = (clock.GetUtcNow(), CurrentUser.From(http.User));
        if ((caller?.Id ?? request?.UserId) is not { } wanted)
            return TypedResults.Unauthorized();
        var mayAsk = caller is not null || await entrance.FindChallengeAsync(wanted, request?.ChallengeId, http, ct) is not null;
        var user = mayAsk ? await db.Users.SingleOrDefaultAsync(row => row.Id == wanted && row.ErasedAt == null, ct) : null;
        var factor = await db.TwoFactors.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == wanted, ct);
        var hasNone = method is null && factor is not ({ SmsEnabled: true } or { EmailEnabled: true });
        method ??= factor is { SmsEnabled: true } ? FactorMethod.Sms : FactorMethod.Email;
        if (user is null || hasNone || (method == FactorMethod.Sms && vault.Open(user).Phone.Length == 0))
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
