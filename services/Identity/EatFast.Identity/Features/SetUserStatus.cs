using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

public sealed record SetUserStatusRequest(
    [property: Required, AllowedValues(UserStatus.Active, UserStatus.Suspended, UserStatus.Inactive, "banned")] string? Status,
    [property: PlainText, StringLength(300)] string? Reason,
    [property: Range(1, 525_600)] int? DurationMinutes) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Status != UserStatus.Active && string.IsNullOrWhiteSpace(Reason))
            yield return new("The field reason is required.", ["reason"]);
        // Whoever is banned is so until further notice.
        if (DurationMinutes is not null && Status != UserStatus.Suspended)
            yield return new("Only a suspension has a duration.", ["durationMinutes"]);
    }
}

/// <summary>
/// An administrator approves, suspends (for a while or until further notice), closes or reopens an account, never their own.
/// Whoever is kept out is signed out on every device, and the tokens in hand are refused within a minute.
/// </summary>
internal static class SetUserStatus
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapMethods("/{userId:guid}/status", ["PUT", "PATCH"], Handle)
        .WithName(nameof(SetUserStatus))
        .WithSummary("Approve, suspend, close or reopen an account (operators)");

    internal static async Task<Ok<Envelope<AdminUserView>>> Handle(
        Guid userId, SetUserStatusRequest request, CurrentUser admin, IdentityDbContext db, PersonalDataVault vault, TimeProvider clock,
        CancellationToken ct)
    {
        if (userId == admin.Id)
            throw new RuleViolatedException("OWN_ACCOUNT");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(userId, ct);
        var now = clock.GetUtcNow();
        var (previous, until) = (user.Status, request.DurationMinutes is { } minutes ? now.AddMinutes(minutes) : (DateTimeOffset?)null);
        if (user.ChangeStatus(UserStatus.Find(request.Status!)!, PlainTextAttribute.Normalise(request.Reason), until, now))
        {
            if (user.Status != UserStatus.Active)
                await db.EndSessionsAsync(userId, except: null, now, ct);
            var changed = new UserStatusChanged(
                Guid.CreateVersion7(now), userId, user.Role, user.Status, previous, user.SuspendedUntil, now);
            db.Announce(changed, about: userId, now);
            db.RecordAction(
                admin, "user.status_changed", "user", userId, now, ("from", previous), ("to", user.Status), ("reason", user.StatusReason),
                ("minutes", request.DurationMinutes?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return Answer.Ok(AdminUserView.Of(user, vault.Open(user)));
    }
}
