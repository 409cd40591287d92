using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record UpdateProfileRequest(
    [property: PlainText, StringLength(80, MinimumLength = 1)] string? FirstName,
    [property: PlainText, StringLength(80, MinimumLength = 1)] string? LastName,
    [property: PlainText, StringLength(80)] string? City,
    [property: AllowedValues(Http.Language.French, Http.Language.English, null)] string? Language);

/// <summary>Changes what was given; an empty city removes it. E-mail and phone need a proof and are not changed here.</summary>
internal static class UpdateProfile
{
    public static void Map(IEndpointRouteBuilder users) => users
        .MapPut("/profile", Handle)
        .WithName(nameof(UpdateProfile))
        .WithSummary("Change one's own account");

    internal static async Task<Ok<Envelope<UserView>>> Handle(
        UpdateProfileRequest request, CurrentUser caller, IdentityDbContext db, PersonalDataVault vault, TimeProvider clock,
        CancellationToken ct)
    {
        var user = await db.Users.SingleOrDefaultAsync(user => user.Id == caller.Id, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        var person = vault.Open(user);
        person = person with
        {
            FirstName = request.FirstName?.Trim() ?? person.FirstName,
            LastName = request.LastName?.Trim() ?? person.LastName
        };
        var city = request.City is null ? user.City : PlainTextAttribute.Normalise(request.City);

        user.UpdateProfile(vault.Seal(user.Id, person), request.Language ?? user.Language, city, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);

        return Answer.Ok(UserView.Of(user, person));
    }
}
