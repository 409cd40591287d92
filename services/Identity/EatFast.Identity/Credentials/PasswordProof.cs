using EatFast.Errors;
using EatFast.Identity.Domain;

namespace EatFast.Identity.Credentials;

/// <summary>Whoever is signed in shows the password once more; guessing here is slowed down like at sign-in.</summary>
internal static class PasswordProof
{
    /// <summary>Refuses with WRONG_PASSWORD.</summary>
    public static async Task RequirePasswordAsync(
        this SignInGuard guard, PasswordHasher passwords, User known, string password, HttpContext http, CancellationToken ct)
    {
        var attempt = await guard.BeginAsync(known.EmailIndex, http, ct);
        if (!await passwords.VerifyAsync(password, known.PasswordHash, ct))
        {
            await guard.FailAsync(attempt, known.Id, ct);
            throw new RuleViolatedException("WRONG_PASSWORD");
        }
        await guard.SucceedAsync(attempt, ct);
    }
}
