using EatFast.Data;
using EatFast.Errors;
using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>What comes with a new account, in the one save that makes it: its first device, the news, and a code for its address.</summary>
internal sealed class NewAccount(
    IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, SignInGuard guard, AccessTokens tokens)
{
    public AuthAnswer Stage(User user, HttpContext http, DateTimeOffset now)
    {
        db.Add(user);
        var (session, refreshToken) = db.AddSession(user, guard.DeviceOf(http), now);
        db.Announce(new UserRegistered(user.Id, user.Role, user.Language, now), about: user.Id, now);
        db.RecordAction(new CurrentUser(user.Id, user.Role), "user.registered", "user", user.Id, now);
        if (!user.EmailVerified)
            codes.Stage(CodePurpose.Verification, new(CodeRecipient.Email, vault.Open(user).Email, user.EmailIndex, user), now);
        return tokens.AnswerFor(user, session, refreshToken, now);
    }

    /// <summary>An account that an operator makes: its person gets a code to choose a password with, and signs in then.</summary>
    public void Invite(User user, DateTimeOffset now)
    {
        db.Add(user);
        db.Announce(new UserRegistered(user.Id, user.Role, user.Language, now), about: user.Id, now);
        codes.Stage(CodePurpose.ResetPassword, new(CodeRecipient.Email, vault.Open(user).Email, user.EmailIndex, user), now);
    }

    public async Task SaveAsync(SealedPersonalData person, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException lost) when (lost.IsDuplicate<User>(db))
        {
            // The same address or number was registered while we hashed: say which. A failed transaction answers nothing any more.
            if (db.Database.CurrentTransaction is { } failed)
                await failed.DisposeAsync();
            await EnsureUnknownAsync(person, ct);
            throw;
        }
    }

    /// <summary>Refuses with EMAIL_ALREADY_EXISTS or PHONE_ALREADY_EXISTS.</summary>
    public async Task EnsureUnknownAsync(SealedPersonalData person, CancellationToken ct)
    {
        // Both in one statement: an equal registration that commits in between would be told of by its phone number.
        var known = await db.Users
            .Where(user => user.EmailIndex == person.EmailIndex || user.PhoneIndex == person.PhoneIndex)
            .Select(user => user.EmailIndex == person.EmailIndex)
            .ToListAsync(ct);
        if (known.Count > 0)
            throw new RuleViolatedException(known.Contains(true) ? "EMAIL_ALREADY_EXISTS" : "PHONE_ALREADY_EXISTS");
    }
}
