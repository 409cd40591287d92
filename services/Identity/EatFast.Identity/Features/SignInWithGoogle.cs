using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Clients;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SignInWithGoogleRequest([property: Required, StringLength(8192)] string? IdToken);

/// <summary>
/// Google vouches for somebody: the account that goes by this Google account, else by its proven address, else a new customer's. An
/// address that its account never proved may have been claimed by a stranger, whose ways in end here.
/// </summary>
internal static class SignInWithGoogle
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/google", Handle)
        .WithName(nameof(SignInWithGoogle))
        .WithSummary("Sign in with Google")
        .Produces<Envelope<AuthAnswer>>()
        .Produces<Envelope<AuthAnswer>>(201)
        .AllowAnonymous();

    internal static async Task<IResult> Handle(
        SignInWithGoogleRequest request, HttpContext http, IIdentityProvider google, GoogleAccounts accounts,
        Entrance entrance, CancellationToken ct)
    {
        var person = await google.VerifyAsync(request.IdToken!, ct) ?? throw new RuleViolatedException("GOOGLE_TOKEN_INVALID");
        if (await accounts.FindAsync(person, ct) is { } known)
            return await entrance.EnterAsync(known, "google", http, (_, _) => { }, ct);
        return await accounts.OpenAsync(person, http, ct);
    }
}

/// <summary>Which account belongs to a Google account.</summary>
internal sealed class GoogleAccounts(
    IdentityDbContext db, PersonalDataVault vault, PasswordHasher passwords, RightfulOwner owner, NewAccount account, TimeProvider clock)
{
    /// <summary>Null when there is none yet; one that is found by its address goes by the Google account from now on.</summary>
    public async Task<Guid?> FindAsync(VouchedPerson person, CancellationToken ct)
    {
        var (google, email) = (vault.GoogleIndex(person.Subject), vault.EmailIndex(person.Email));
        var known = await db.Users.AsNoTracking().Where(user => user.GoogleIndex == google || user.EmailIndex == email)
            .OrderByDescending(user => user.GoogleIndex == google).FirstOrDefaultAsync(ct);
        if (known is null || google.AsSpan().SequenceEqual(known.GoogleIndex))
            return known?.Id;
        // Another Google account has taken this address over at Google; ours stays with the one that it knows.
        if (known.GoogleIndex is not null)
            throw new RuleViolatedException("GOOGLE_TOKEN_INVALID");
        var unknownPassword = known.EmailVerified ? null : await passwords.HashAsync(RefreshToken.NewSecret(), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(known.Id, ct);
        var now = clock.GetUtcNow();
        if (unknownPassword is not null && !user.EmailVerified)
        {
            user.ChangePassword(unknownPassword, now);
            await owner.HandOverAsync(user, now, ct);
        }
        user.GoBy(google, now);
        db.RecordAction(new CurrentUser(user.Id, user.Role), "user.google_linked", "user", user.Id, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return user.Id;
    }

    public async Task<IResult> OpenAsync(VouchedPerson vouched, HttpContext http, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var person = vault.Seal(id, new PersonalData(EmailAttribute.Normalise(vouched.Email), "", Name(vouched.FirstName), Name(vouched.LastName)));
        var password = await passwords.HashAsync(RefreshToken.NewSecret(), ct);
        var user = User.Register(id, person, password, UserRole.Customer, Language.Of(http), city: null, now);
        user.GoBy(vault.GoogleIndex(vouched.Subject), now);
        var answer = account.Stage(user, http, now);
        await account.SaveAsync(person, ct);
        return Answer.Created("/api/v1/users/profile", answer);
    }

    private static string Name(string given) => PlainTextAttribute.Normalise(given.Length > 80 ? given[..80] : given) ?? "";
}
