using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ConvertGuestRequest(
    [property: Required, Email] string? Email,
    [property: Required, NewPassword] string? Password,
    [property: PlainText, StringLength(80)] string? FirstName,
    [property: PlainText, StringLength(80)] string? LastName,
    [property: PhoneNumber] string? Phone,
    [property: StringLength(100)] string? SessionId)
{
    [JsonPropertyName("guestSessionId")]
    public string? SessionIdAlias { init => SessionId ??= value; }
}

/// <summary>A guest makes an account and takes the orders along: neighbours hear which guest it was. A guest can do so once.</summary>
internal static class ConvertGuest
{
    public static void Map(IEndpointRouteBuilder guest, IEndpointRouteBuilder users)
    {
        guest.MapPost("/convert", Handle).WithName(nameof(ConvertGuest)).WithSummary("Make an account of a guest session");
        users.MapPost("/convert-guest", Handle)
            .WithName("ConvertGuestOfUsers").WithSummary("Make an account of a guest session").AllowAnonymous();
    }

    internal static async Task<Created<Envelope<AuthAnswer>>> Handle(
        ConvertGuestRequest request, HttpContext http, IdentityDbContext db, PersonalDataVault vault, PasswordHasher passwords,
        NewAccount account, TimeProvider clock, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var person = vault.Seal(id, new PersonalData(
            EmailAttribute.Normalise(request.Email!), request.Phone is { } phone ? PhoneNumberAttribute.Normalise(phone) : "",
            PlainTextAttribute.Normalise(request.FirstName) ?? "", PlainTextAttribute.Normalise(request.LastName) ?? ""));
        var secret = request.SessionId is { Length: > 0 } given ? given : http.Request.Headers["X-Guest-Session"].ToString();
        var known = await db.FindGuestAsync(secret, ct) ?? throw new RuleViolatedException("GUEST_SESSION_NOT_FOUND");
        await account.EnsureUnknownAsync(person, ct);
        var hash = await passwords.HashAsync(request.Password!, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var guest = await db.LockGuestAsync(known.Id, ct);
        var now = clock.GetUtcNow();
        guest.ConvertTo(id, now);
        var user = User.Register(id, person, hash, UserRole.Customer, guest.Language, city: null, now);
        var answer = account.Stage(user, http, now);
        db.Announce(new GuestConverted(guest.Id, user.Id, now), about: user.Id, now);
        db.RecordAction(new CurrentUser(user.Id, user.Role), "user.guest_converted", "guest", guest.Id, now);
        await account.SaveAsync(person, ct);
        await transaction.CommitAsync(ct);
        return Answer.Created("/api/v1/users/profile", answer);
    }
}
