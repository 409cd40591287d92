using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ChangePasswordRequest(
    [property: Required, StringLength(128)] string? CurrentPassword,
    [property: Required, NewPassword] string? NewPassword,
    [property: StringLength(128)] string? ConfirmPassword) : IValidatableObject
{
    [JsonPropertyName("oldPassword")]
    public string? CurrentPasswordAlias { init => CurrentPassword ??= value; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConfirmPassword is not null && ConfirmPassword != NewPassword)
            yield return new("The two passwords differ.", ["confirmPassword"]);
    }
}

internal sealed record ChangePasswordResponse(bool PasswordChanged);

/// <summary>The current password sets a new one; other devices are signed out. Guessing here is slowed down like at sign-in.</summary>
internal static class ChangePassword
{
    public static void Map(IEndpointRouteBuilder auth, IEndpointRouteBuilder users)
    {
        users.MapPut("/password", Handle).WithName(nameof(ChangePassword)).WithSummary("Change one's own password");
        auth.MapPost("/change-password", Handle).WithName("ChangePasswordByPost").WithSummary("Change one's own password (older name)");
    }

    internal static async Task<Ok<Envelope<ChangePasswordResponse>>> Handle(
        ChangePasswordRequest request, HttpContext http, ClaimsPrincipal principal, CurrentUser caller, IdentityDbContext db,
        PasswordHasher passwords, SignInGuard guard, StepUp stepUp, TimeProvider clock, CancellationToken ct)
    {
        await stepUp.RequireWhereChosenAsync(caller.Id, ct);
        var known = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == caller.Id, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        await guard.RequirePasswordAsync(passwords, known, request.CurrentPassword!, http, ct);
        var hash = await passwords.HashAsync(request.NewPassword!, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        // Somebody was faster, and it may be the owner who locks a thief out.
        if (user.PasswordHash != known.PasswordHash)
            throw new RuleViolatedException("CONCURRENT_CHANGE");
        var now = clock.GetUtcNow();
        user.ChangePassword(hash, now);
        db.RecordAction(caller, "user.password_changed", "user", user.Id, now);
        var current = Guid.TryParse(principal.FindFirstValue(Revocations.SessionClaim), out var sid) ? sid : (Guid?)null;
        await db.EndSessionsAsync(user.Id, current, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        return Answer.Ok(new ChangePasswordResponse(true));
    }
}
