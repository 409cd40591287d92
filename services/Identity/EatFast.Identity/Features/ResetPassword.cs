using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

public sealed record ResetPasswordRequest(
    [property: Email] string? Email,
    [property: PhoneNumber] string? Phone,
    [property: RegularExpression(@"\s*\d{6}\s*")] string? Code,
    [property: StringLength(200)] string? Token,
    [property: Required, NewPassword] string? NewPassword,
    [property: StringLength(128)] string? ConfirmPassword) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Token is null == (Email is null == Phone is null || Code is null))
            yield return new("Give either token, or email or phone and code.", ["code"]);
        if (ConfirmPassword is not null && ConfirmPassword != NewPassword)
            yield return new("The two passwords differ.", ["confirmPassword"]);
    }
}

internal sealed record ResetPasswordResponse(bool PasswordChanged);

/// <summary>
/// A code or a link from the mailbox, or a code to a number that was proven before, sets a new password. Every device is signed out: one
/// may be a thief's.
/// </summary>
internal static class ResetPassword
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/reset-password", Handle)
        .WithName(nameof(ResetPassword))
        .WithSummary("Choose a new password")
        .AllowAnonymous();

    internal static async Task<Ok<Envelope<ResetPasswordResponse>>> Handle(
        ResetPasswordRequest request, IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, PasswordHasher passwords,
        RightfulOwner owner, TimeProvider clock, CancellationToken ct)
    {
        const string purpose = CodePurpose.ResetPassword;
        var code = await (request.Token is { } token
            ? codes.CheckTokenAsync(purpose, token, ct)
            : codes.CheckAsync(purpose, IndexOf(request, vault), request.Code!.Trim(), ct));
        if (code is null)
            throw new RuleViolatedException("INVALID_CODE");
        // Between the two transactions, because it takes long; should it find no core, the code is still good.
        var hash = await passwords.HashAsync(request.NewPassword!, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(code.UserId!.Value, ct);
        if (!await codes.SpendAsync(code, ct))
            throw new RuleViolatedException("INVALID_CODE");
        var now = clock.GetUtcNow();
        user.ChangePassword(hash, now);
        if (code.Channel == CodeRecipient.Email)
        {
            await owner.HandOverAsync(user, now, ct);
            user.VerifyEmail(now);
        }
        user.RevokeTokens(now);
        db.RecordAction(null, "user.password_reset", "user", user.Id, now);
        await db.EndSessionsAsync(user.Id, except: null, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        return Answer.Ok(new ResetPasswordResponse(true));
    }

    private static byte[] IndexOf(ResetPasswordRequest request, PersonalDataVault vault) => request.Phone is { } phone
        ? vault.PhoneIndex(PhoneNumberAttribute.Normalise(phone))
        : vault.EmailIndex(request.Email!);
}
