using System.Security.Claims;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

internal sealed record ChangedView(bool Changed);

/// <summary>Changes the protection of the caller's own account, under its lock and with a trace.</summary>
internal sealed class TwoFactorChange(IdentityDbContext db, SecondFactors factors, IHttpContextAccessor accessor, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>For what adds protection: the signed-in session is enough.</summary>
    public Task<Ok<Envelope<ChangedView>>> StrengthenAsync(Action<TwoFactor> change, string what, CancellationToken ct) =>
        ChangeAsync(factor => Done(change, factor), what, isWeaker: false, ct);

    /// <summary>For what takes it away. Refuses with FRESH_FACTOR_REQUIRED unless this session showed a factor just now.</summary>
    public Task<Ok<Envelope<ChangedView>>> WeakenAsync(Action<TwoFactor> change, string what, CancellationToken ct) =>
        ChangeAsync(factor => Done(change, factor), what, isWeaker: true, ct);

    public Task<Ok<Envelope<ChangedView>>> WeakenAsync(Func<Task> change, string what, CancellationToken ct) =>
        ChangeAsync(_ => change(), what, isWeaker: true, ct);

    private async Task<Ok<Envelope<ChangedView>>> ChangeAsync(
        Func<TwoFactor, Task> change, string what, bool isWeaker, CancellationToken ct)
    {
        var principal = accessor.HttpContext!.User;
        var caller = CurrentUser.From(principal)!;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        var (factor, now) = (await factors.FindOrAddAsync(caller.Id, ct), clock.GetUtcNow());
        if (isWeaker && factor.IsEnabled && !await IsFreshAsync(principal, now, ct))
            throw new RuleViolatedException("FRESH_FACTOR_REQUIRED");
        await change(factor);
        user.SetTwoFactor(factor.IsEnabled, now);
        if (!factor.IsEnabled)
            await db.TrustedDevices.Where(device => device.UserId == caller.Id).ExecuteDeleteAsync(ct);
        db.RecordAction(caller, isWeaker ? "user.two_factor_weakened" : "user.two_factor_changed", "user", caller.Id, now, ("what", what));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new ChangedView(true));
    }

    private Task<bool> IsFreshAsync(ClaimsPrincipal principal, DateTimeOffset now, CancellationToken ct)
    {
        var sessionId = Guid.TryParse(principal.FindFirstValue(Revocations.SessionClaim), out var sid) ? sid : Guid.Empty;
        var since = now - Fresh;
        return db.Sessions.AnyAsync(session => session.Id == sessionId && session.ProvenAt > since, ct);
    }

    private static Task Done(Action<TwoFactor> change, TwoFactor factor)
    {
        change(factor);
        return Task.CompletedTask;
    }
}
