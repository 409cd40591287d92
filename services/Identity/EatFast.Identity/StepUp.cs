using System.Security.Claims;
using EatFast.Errors;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>A session alone does not do everything: some actions want to be sure that its owner is there just now.</summary>
internal sealed class StepUp(
    IdentityDbContext db, PasswordHasher passwords, SignInGuard guard, IHttpContextAccessor accessor, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>True when this session showed a second factor just now.</summary>
    public Task<bool> IsFreshAsync(CancellationToken ct)
    {
        var sessionId = Guid.TryParse(Http.User.FindFirstValue(Revocations.SessionClaim), out var sid) ? sid : Guid.Empty;
        var since = clock.GetUtcNow() - Fresh;
        return db.Sessions.AnyAsync(session => session.Id == sessionId && session.ProvenAt > since, ct);
    }

    /// <summary>Refuses with FRESH_FACTOR_REQUIRED where the account chose to be asked for a second factor before sensitive actions.</summary>
    public async Task RequireWhereChosenAsync(Guid userId, CancellationToken ct)
    {
        if (await db.TwoFactors.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == userId, ct) is
            { IsEnabled: true, RequireForSensitiveActions: true } && !await IsFreshAsync(ct))
            throw new RuleViolatedException("FRESH_FACTOR_REQUIRED");
    }

    /// <summary>
    /// For what gives power over others. Refuses with PROOF_REQUIRED without a fresh second factor or, for an account that has none, the
    /// password; with WRONG_PASSWORD when it is another one.
    /// </summary>
    public async Task RequireProofAsync(CurrentUser caller, string? password, CancellationToken ct)
    {
        if (await IsFreshAsync(ct))
            return;
        var known = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == caller.Id && user.ErasedAt == null, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        if (known.TwoFactorEnabled || password is not { Length: > 0 })
            throw new RuleViolatedException("PROOF_REQUIRED");
        await guard.RequirePasswordAsync(passwords, known, password, Http, ct);
    }
}
