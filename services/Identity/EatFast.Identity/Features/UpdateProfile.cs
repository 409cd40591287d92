using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Name">The older clients' way to give both: the first word is the first name.</param>
/// <param name="Email">In use once a code that is sent there was shown.</param>
/// <param name="Phone">The same by SMS; also the way to a first number.</param>
/// <param name="Bio">A few words; empty removes them.</param>
/// <param name="Preferences">Whatever the clients keep for this person, up to 4,000 characters of JSON.</param>
/// <param name="City">Empty removes it.</param>
/// <param name="Language">Of messages and sentences.</param>
public sealed record UpdateProfileRequest(
    [property: PlainText, StringLength(80, MinimumLength = 1)] string? FirstName,
    [property: PlainText, StringLength(80, MinimumLength = 1)] string? LastName,
    [property: PlainText, StringLength(160, MinimumLength = 1)] string? Name,
    [property: Email] string? Email,
    [property: PhoneNumber] string? Phone,
    [property: StringLength(500)] string? Bio,
    JsonElement? Preferences,
    [property: PlainText, StringLength(80)] string? City,
    [property: AllowedValues(Http.Language.French, Http.Language.English, null)] string? Language) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Preferences is { } given && (given.ValueKind != JsonValueKind.Object || given.GetRawText().Length > 4000))
            yield return new("The field preferences must be an object of at most 4000 characters.", ["preferences"]);
    }
}

/// <summary>Changes what was given. Another e-mail address or number is only asked for here: a code that goes there has to come back.</summary>
internal static class UpdateProfile
{
    public static void Map(IEndpointRouteBuilder users) => users
        .MapPut("/profile", Handle)
        .WithName(nameof(UpdateProfile))
        .WithSummary("Change one's own account")
        .ProducesProblem(409);

    internal static async Task<Ok<Envelope<UserView>>> Handle(
        UpdateProfileRequest request, CurrentUser caller, IdentityDbContext db, PersonalDataVault vault, AddressChange addresses,
        TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        var (person, now) = (Named(vault.Open(user), request), clock.GetUtcNow());
        var city = request.City is null ? user.City : PlainTextAttribute.Normalise(request.City);
        user.UpdateProfile(vault.Seal(user.Id, person, user.DataKey), request.Language ?? user.Language, city, now);
        if (request.Bio is not null || request.Preferences is not null)
        {
            var told = ProfileExtras.Of(user, vault);
            user.Tell(vault.SealValue(user, JsonSerializer.Serialize(new ProfileExtras(
                request.Bio is null ? told.Bio : request.Bio.Trim(), request.Preferences ?? told.Preferences)), "extras"));
        }
        await addresses.AskAsync(user, person, request.Email, request.Phone, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        return Answer.Ok(UserView.Of(user, vault));
    }

    private static PersonalData Named(PersonalData person, UpdateProfileRequest request)
    {
        var words = request.Name?.Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return person with
        {
            FirstName = Short(request.FirstName ?? words.ElementAtOrDefault(0)) ?? person.FirstName,
            LastName = Short(request.LastName ?? words.ElementAtOrDefault(1)) ?? person.LastName
        };
    }

    private static string? Short(string? name) => name?.Trim() is { } given ? given.Length > 80 ? given[..80] : given : null;
}
