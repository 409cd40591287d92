using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record EraseAccountRequest([property: Required, StringLength(128)] string? Password);

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
        [FromBody] EraseAccountRequest request, HttpContext http, CurrentUser caller, IdentityDbContext db, PasswordHasher passwords,
        SignInGuard guard, Erasure erasure, CancellationToken ct)
    {
        var known = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == caller.Id && user.ErasedAt == null, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        await guard.RequirePasswordAsync(passwords, known, request.Password!, http, ct);
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
