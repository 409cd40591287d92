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
internal sealed class TwoFactorChange(IdentityDbContext db, SecondFactors factors, StepUp stepUp, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>For what adds protection: the signed-in session is enough.</summary>
    public Task<Ok<Envelope<ChangedView>>> StrengthenAsync(Action<TwoFactor> change, string what, CancellationToken ct) =>
        ChangeAsync((factor, _) => Done(change, factor), what, isWeaker: false, ct);

    public Task<Ok<Envelope<ChangedView>>> StrengthenAsync(Action<TwoFactor, User> change, string what, CancellationToken ct) =>
        ChangeAsync((factor, user) => Done(known => change(known, user), factor), what, isWeaker: false, ct);

    /// <summary>For what takes it away. Refuses with FRESH_FACTOR_REQUIRED unless this session showed a factor just now.</summary>
    public Task<Ok<Envelope<ChangedView>>> WeakenAsync(Action<TwoFactor> change, string what, CancellationToken ct) =>
        ChangeAsync((factor, _) => Done(change, factor), what, isWeaker: true, ct);

    public Task<Ok<Envelope<ChangedView>>> WeakenAsync(Func<TwoFactor, User, Task> change, string what, CancellationToken ct) =>
        ChangeAsync(change, what, isWeaker: true, ct);

    private async Task<Ok<Envelope<ChangedView>>> ChangeAsync(
        Func<TwoFactor, User, Task> change, string what, bool isWeaker, CancellationToken ct)
    {
        var caller = CurrentUser.From(accessor.HttpContext!.User)!;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        var (factor, now) = (await factors.FindOrAddAsync(caller.Id, ct), clock.GetUtcNow());
        if (isWeaker && factor.IsEnabled && !await stepUp.IsFreshAsync(ct))
            throw new RuleViolatedException("FRESH_FACTOR_REQUIRED");
        await change(factor, user);
        user.SetTwoFactor(factor.IsEnabled, now);
        if (!factor.IsEnabled)
            await db.TrustedDevices.Where(device => device.UserId == caller.Id).ExecuteDeleteAsync(ct);
        db.RecordAction(caller, isWeaker ? "user.two_factor_weakened" : "user.two_factor_changed", "user", caller.Id, now, ("what", what));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new ChangedView(true));
    }

    private static Task Done(Action<TwoFactor> change, TwoFactor factor)
    {
        change(factor);
        return Task.CompletedTask;
    }
}
