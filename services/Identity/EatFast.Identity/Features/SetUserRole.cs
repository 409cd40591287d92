using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

/// <param name="Role">One of the four, under any of its names.</param>
/// <param name="Password">The administrator's own, to make another administrator without a second factor.</param>
public sealed record SetUserRoleRequest(
    [property: Required, StringLength(40)] string? Role, [property: StringLength(128)] string? Password) : IValidatableObject
{
    internal string? StoredRole => UserRole.Find(Role ?? "");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StoredRole is null)
            yield return new("The field role must be customer, restaurant_owner, delivery_agent or admin.", ["role"]);
    }
}

/// <summary>An administrator gives an account another role, never their own; tokens of the old one are refused within a minute.</summary>
internal static class SetUserRole
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapMethods("/{userId:guid}/role", ["PUT", "PATCH"], Handle)
        .WithName(nameof(SetUserRole))
        .WithSummary("Change the role of an account (operators)");

    internal static async Task<Ok<Envelope<AdminUserView>>> Handle(
        Guid userId, SetUserRoleRequest request, CurrentUser admin, IdentityDbContext db, PersonalDataVault vault, StepUp stepUp,
        TimeProvider clock, CancellationToken ct)
    {
        if (userId == admin.Id)
            throw new RuleViolatedException("OWN_ACCOUNT");
        await stepUp.RequireWhereChosenAsync(admin.Id, ct);
        if (request.StoredRole == UserRole.Admin)
            await stepUp.RequireProofAsync(admin, request.Password, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(userId, ct);
        var now = clock.GetUtcNow();
        var previous = user.Role;
        if (user.ChangeRole(request.StoredRole!, now))
        {
            db.Announce(new UserRoleChanged(Guid.CreateVersion7(now), userId, user.Role, previous, now), about: userId, now);
            db.RecordAction(admin, "user.role_changed", "user", userId, now, ("from", previous), ("to", user.Role));
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return Answer.Ok(AdminUserView.Of(user, vault.Open(user)));
    }
}
