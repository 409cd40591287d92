using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Clients;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <param name="Password">One of the three has to prove that it is the person: the password,</param>
/// <param name="IdToken">a fresh token of the Google account that opens this one,</param>
/// <param name="Code">or a code for signing in that was sent to the account's e-mail address.</param>
public sealed record EraseAccountRequest(
    [property: StringLength(128)] string? Password,
    [property: StringLength(8192)] string? IdToken,
    [property: RegularExpression(@"\s*\d{6}\s*")] string? Code) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new[] { Password, IdToken, Code }.Count(proof => !string.IsNullOrEmpty(proof)) != 1)
            yield return new("Give either password, idToken or code.", ["password"]);
    }
}

public sealed record EraseUserRequest([property: Required, PlainText, StringLength(300)] string? Reason);

internal sealed record EraseAccountResponse(Guid UserId, bool Erased);

/// <summary>Somebody leaves for good, or an operator has to let somebody go; the ledger keeps amounts under an id that names nobody.</summary>
internal static class EraseAccount
{
    public static void Map(IEndpointRouteBuilder users, IEndpointRouteBuilder accounts)
    {
        users.MapDelete("/account", Handle).WithName(nameof(EraseAccount)).WithSummary("Erase my account and what names me").ProducesProblem(409);
        accounts.MapDelete("/{userId:guid}", HandleOther).WithName("EraseUser").WithSummary("Erase an account (operators)").ProducesProblem(409);
    }

    internal static async Task<Ok<Envelope<EraseAccountResponse>>> Handle(
        [FromBody] EraseAccountRequest request, CurrentUser caller, IdentityDbContext db, StepUp stepUp, LeaveProof proof,
        Erasure erasure, CancellationToken ct)
    {
        await stepUp.RequireWhereChosenAsync(caller.Id, ct);
        var known = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == caller.Id && user.ErasedAt == null, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        await proof.RequireAsync(known, request, ct);
        await erasure.RunAsync(caller.Id, caller, "asked for by the person", ct);
        return Answer.Ok(new EraseAccountResponse(caller.Id, true));
    }

    internal static async Task<Ok<Envelope<EraseAccountResponse>>> HandleOther(
        Guid userId, [FromBody] EraseUserRequest request, CurrentUser admin, Erasure erasure, CancellationToken ct)
    {
        if (userId == admin.Id)
            throw new RuleViolatedException("OWN_ACCOUNT");
        await erasure.RunAsync(userId, admin, request.Reason!.Trim(), ct);
        return Answer.Ok(new EraseAccountResponse(userId, true));
    }
}

/// <summary>An account that Google opens has a password that nobody knows: its person proves it in another way.</summary>
internal sealed class LeaveProof(
    PasswordHasher passwords, SignInGuard guard, SecurityCodes codes, IIdentityProvider google, PersonalDataVault vault,
    IHttpContextAccessor accessor)
{
    /// <summary>Refuses with WRONG_PASSWORD, GOOGLE_TOKEN_INVALID or INVALID_CODE.</summary>
    public async Task RequireAsync(User known, EraseAccountRequest request, CancellationToken ct)
    {
        if (request.Password is { Length: > 0 } password)
            await guard.RequirePasswordAsync(passwords, known, password, accessor.HttpContext!, ct);
        else if (request.IdToken is { Length: > 0 } token)
        {
            var person = await google.VerifyAsync(token, ct);
            if (person is null || known.GoogleIndex is null || !known.GoogleIndex.AsSpan().SequenceEqual(vault.GoogleIndex(person.Subject)))
                throw new RuleViolatedException("GOOGLE_TOKEN_INVALID");
        }
        else if (await codes.CheckAsync(CodePurpose.Login, known.EmailIndex, request.Code!.Trim(), ct) is not { } code
            || !await codes.SpendAsync(code, ct))
            throw new RuleViolatedException("INVALID_CODE");
    }
}
