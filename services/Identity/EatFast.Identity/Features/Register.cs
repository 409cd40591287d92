using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record RegisterRequest(
    [property: Required, PlainText, StringLength(80)] string? FirstName,
    [property: Required, PlainText, StringLength(80)] string? LastName,
    [property: Required, Email] string? Email,
    [property: Required, PhoneNumber] string? Phone,
    [property: Required, NewPassword] string? Password,
    [property: StringLength(128)] string? ConfirmPassword,
    [property: StringLength(40)] string? Role,
    [property: PlainText, StringLength(80)] string? City,
    [property: AllowedValues(Http.Language.French, Http.Language.English, null)] string? Language) : IValidatableObject
{
    // The older clients' names for the same members.
    [JsonPropertyName("first_name")]
    public string? FirstNameAlias { init => FirstName ??= value; }

    [JsonPropertyName("last_name")]
    public string? LastNameAlias { init => LastName ??= value; }

    [JsonPropertyName("phone_number")]
    public string? PhoneAlias { init => Phone ??= value; }

    [JsonPropertyName("user_type")]
    public string? RoleAlias { init => Role ??= value; }

    internal string? StoredRole => UserRole.Find(Role ?? UserRole.Customer);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConfirmPassword is not null && ConfirmPassword != Password)
            yield return new("The two passwords differ.", ["confirmPassword"]);
        if (StoredRole is null)
            yield return new("The field role must be customer, restaurant_owner or delivery_agent.", ["role"]);
    }
}

/// <summary>Somebody makes an account and is signed in at once; restaurants and drivers then wait for approval as <c>pending</c>.</summary>
internal static class Register
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/register", Handle)
        .WithName(nameof(Register))
        .WithSummary("Make an account")
        .AllowAnonymous();

    internal static async Task<Created<Envelope<AuthAnswer>>> Handle(
        RegisterRequest request, HttpContext http, PersonalDataVault vault, PasswordHasher passwords,
        NewAccount account, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var person = vault.Seal(id, PersonOf(request));
        await account.EnsureUnknownAsync(person, ct);
        var user = User.Register(
            id, person, await passwords.HashAsync(request.Password!, ct), request.StoredRole!,
            request.Language ?? Language.Of(http), PlainTextAttribute.Normalise(request.City), now);

        var answer = account.Stage(user, http, now);
        await account.SaveAsync(person, ct);

        return Answer.Created("/api/v1/users/profile", answer);
    }

    private static PersonalData PersonOf(RegisterRequest request) => new(
        EmailAttribute.Normalise(request.Email!),
        PhoneNumberAttribute.Normalise(request.Phone!),
        request.FirstName!.Trim(),
        request.LastName!.Trim());
}
