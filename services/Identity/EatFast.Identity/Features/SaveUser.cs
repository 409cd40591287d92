using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Email">Where the code for a password goes.</param>
/// <param name="Phone">However it is written.</param>
/// <param name="Role">Any of the four.</param>
/// <param name="City">Where they are.</param>
/// <param name="Language">Of messages to them.</param>
/// <param name="Password">The administrator's own, to make another administrator without a second factor.</param>
public sealed record AddUserRequest(
    [property: Required, PlainText, StringLength(80)] string? FirstName,
    [property: Required, PlainText, StringLength(80)] string? LastName,
    [property: Required, Email] string? Email,
    [property: Required, PhoneNumber] string? Phone,
    [property: Required, StringLength(40)] string? Role,
    [property: PlainText, StringLength(80)] string? City,
    [property: AllowedValues(Http.Language.French, Http.Language.English, null)] string? Language,
    [property: StringLength(128)] string? Password) : IValidatableObject
{
    internal string? StoredRole => UserRole.Find(Role ?? "");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StoredRole is null)
            yield return new("The field role must be customer, restaurant_owner, delivery_agent or admin.", ["role"]);
    }
}

public sealed record SaveUserRequest(
    [property: PlainText, StringLength(80, MinimumLength = 1)] string? FirstName,
    [property: PlainText, StringLength(80, MinimumLength = 1)] string? LastName,
    [property: PlainText, StringLength(80)] string? City,
    [property: AllowedValues(Http.Language.French, Http.Language.English, null)] string? Language);

/// <summary>
/// An administrator makes an account, whose person chooses the password by a code that is sent to them, or mends a name. What opens an
/// account is not an operator's to change.
/// </summary>
internal static class SaveUser
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/", HandleNew).WithName("AddUser").WithSummary("Make an account for somebody (operators)").ProducesProblem(409);
        admin.MapPut("/{userId:guid}", Handle).WithName(nameof(SaveUser)).WithSummary("Change what an account says of somebody (operators)");
    }

    internal static async Task<Created<Envelope<AdminUserView>>> HandleNew(
        AddUserRequest request, CurrentUser admin, IdentityDbContext db, PersonalDataVault vault, PasswordHasher passwords,
        NewAccount account, StepUp stepUp, TimeProvider clock, CancellationToken ct)
    {
        await stepUp.RequireWhereChosenAsync(admin.Id, ct);
        if (request.StoredRole == UserRole.Admin)
            await stepUp.RequireProofAsync(admin, request.Password, ct);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var person = vault.Seal(id, new(
            EmailAttribute.Normalise(request.Email!), PhoneNumberAttribute.Normalise(request.Phone!), request.FirstName!.Trim(),
            request.LastName!.Trim()));
        await account.EnsureUnknownAsync(person, ct);
        var unknownPassword = await passwords.HashAsync(RefreshToken.NewSecret(), ct);
        var user = User.Appoint(
            id, person, unknownPassword, request.StoredRole!, request.Language ?? Language.French, PlainTextAttribute.Normalise(request.City), now);
        account.Invite(user, now);
        db.RecordAction(admin, "user.made", "user", id, now, ("role", user.Role));
        await account.SaveAsync(person, ct);
        return Answer.Created($"/api/v1/admin/users/{id}", AdminUserView.Of(user, vault.Open(user)));
    }

    internal static async Task<Ok<Envelope<AdminUserView>>> Handle(
        Guid userId, SaveUserRequest request, CurrentUser admin, IdentityDbContext db, PersonalDataVault vault, TimeProvider clock,
        CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(userId, ct);
        var (person, now) = (vault.Open(user), clock.GetUtcNow());
        person = person with
        {
            FirstName = request.FirstName?.Trim() ?? person.FirstName,
            LastName = request.LastName?.Trim() ?? person.LastName
        };
        var city = request.City is null ? user.City : PlainTextAttribute.Normalise(request.City);
        user.UpdateProfile(vault.Seal(userId, person, user.DataKey), request.Language ?? user.Language, city, now);
        db.RecordAction(admin, "user.changed", "user", userId, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(AdminUserView.Of(user, person));
    }
}
