using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <param name="Email">Looked up whatever its case.</param>
/// <param name="Password">Compared, never checked against the rule for new ones.</param>
/// <param name="RememberMe">The clients' own matter: every refresh token lives for the same time.</param>
public sealed record SignInRequest(
    [property: Required, StringLength(254)] string? Email,
    [property: Required, StringLength(128)] string? Password,
    bool? RememberMe);

/// <summary>E-mail and password open a session; an unknown address costs and answers the same as a wrong password.</summary>
internal static class SignIn
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/login", Handle)
        .WithName(nameof(SignIn))
        .WithSummary("Sign in")
        .AllowAnonymous();

    internal static async Task<Results<Ok<Envelope<AuthAnswer>>, Ok<Envelope<SecondFactorNeeded>>>> Handle(
        SignInRequest request, HttpContext http, IdentityDbContext db, PersonalDataVault vault, PasswordHasher passwords,
        SignInGuard guard, Entrance entrance, CancellationToken ct)
    {
        var index = vault.EmailIndex(request.Email!);
        var attempt = await guard.BeginAsync(index, http, ct);
        var known = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.EmailIndex == index, ct);
        if (!await passwords.VerifyAsync(request.Password!, known?.PasswordHash, ct))
        {
            await guard.FailAsync(attempt, known?.Id, ct);
            throw new RuleViolatedException("INVALID_CREDENTIALS");
        }

        await guard.SucceedAsync(attempt, ct);
        var renewed = passwords.IsOutdated(known!.PasswordHash) ? await passwords.HashAsync(request.Password!, ct) : null;
        return await entrance.EnterAsync(known.Id, "password", http, (user, _) =>
        {
            // Unless the password was changed meanwhile.
            if (renewed is not null && user.PasswordHash == known.PasswordHash)
                user.RenewHash(renewed);
        }, ct);
    }
}
