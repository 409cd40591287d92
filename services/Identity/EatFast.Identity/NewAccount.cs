using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Messaging;

namespace EatFast.Identity;

/// <summary>What comes with a new account, in the one save that makes it: its first device, the news of it, and a code for its e-mail address.</summary>
internal sealed class NewAccount(
    IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, SignInGuard guard, AccessTokens tokens)
{
    public AuthAnswer Stage(User user, HttpContext http, DateTimeOffset now)
    {
        db.Add(user);
        var (session, refreshToken) = db.AddSession(user, guard.DeviceOf(http), now);
        db.Announce(new UserRegistered(user.Id, user.Role, user.Language, now), about: user.Id, now);
        codes.Stage(CodePurpose.Verification, new(CodeRecipient.Email, vault.Open(user).Email, user.EmailIndex, user), now);
        return tokens.AnswerFor(user, session, refreshToken, now);
    }
}
