using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EatFast.Identity;

/// <summary>How much guessing is borne before somebody has to wait.</summary>
internal sealed class SignInLimits
{
    [Range(1, 100)]
    public int FreeFailures { get; init; } = 5;

    [Range(2, 1000)]
    public int LockAfter { get; init; } = 10;

    public TimeSpan LockFor { get; init; } = TimeSpan.FromMinutes(15);

    [Range(1, 10_000)]
    public int FailuresPerAccountAndHour { get; init; } = 100;

    [Range(1, 10_000)]
    public int AccountsPerOrigin { get; init; } = 20;

    public TimeSpan OriginWindow { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>
/// Slows guessing down: per account and device after five failures, per account in all, and per address that tries many
/// accounts. Accounts that do not exist are counted alike, and a device that signed in before is not locked out by others.
/// </summary>
internal sealed class SignInGuard(IdentityDbContext db, CodeVault vault, IOptions<SignInLimits> options, TimeProvider clock)
{
    private const int MostAtOnce = 20;
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(30);
    private readonly SignInLimits _limits = options.Value;

    /// <summary>Where a request comes from, as a hash that cannot be read back.</summary>
    public byte[] DeviceOf(HttpContext http) =>
        vault.HashOfPlace("device", $"{ClientAddress.NetworkOf(http)}|{http.Request.Headers.UserAgent}");

    /// <summary>The same for one that gives itself a name, which stays when the phone goes from Wi-Fi to its operator.</summary>
    public byte[] DeviceKeyOf(HttpContext http) =>
        http.Request.Headers["X-Device-Id"].ToString() is { Length: > 0 and <= 200 } id ? vault.HashOfPlace("device-id", id) : DeviceOf(http);

    /// <summary>
    /// Counts an attempt before it is judged, one at a time per account, so that guesses sent side by side see each other.
    /// Refuses with TOO_MANY_ATTEMPTS. Whose account it is says where its address does not.
    /// </summary>
    public async Task<SignInFailure> BeginAsync(byte[] account, HttpContext http, CancellationToken ct, Guid? userId = null)
    {
        var now = clock.GetUtcNow();
        var attempt = SignInFailure.Of(account, DeviceOf(http), vault.HashOfPlace("origin", ClientAddress.NetworkOf(http)), now);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(account, ct);
        if (await WaitAsync(attempt, userId, now, ct) is { } wait)
            throw new RuleViolatedException("TOO_MANY_ATTEMPTS", ("retryAfter", Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))));
        db.Add(attempt);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return attempt;
    }

    /// <summary>Leaves a trace too, of nobody as of somebody: an account that does not exist must not answer faster.</summary>
    public async Task FailAsync(SignInFailure attempt, Guid? userId, CancellationToken ct)
    {
        // What the refused request had in mind is not to be saved with it.
        db.ChangeTracker.Clear();
        await db.SignInFailures.Where(row => row.Id == attempt.Id).ExecuteUpdateAsync(row => row.SetProperty(r => r.IsCertain, true), ct);
        var now = clock.GetUtcNow();
        var since = now - _limits.LockFor;
        var failed = await db.SignInFailures.CountAsync(
            row => row.Account == attempt.Account && row.Device == attempt.Device && row.IsCertain && row.At > since, ct);
        db.RecordAction(null, failed >= _limits.LockAfter ? "user.sign_in_locked" : "user.sign_in_failed", "user", userId, now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Who got in starts anew on this device.</summary>
    public Task SucceedAsync(SignInFailure attempt, CancellationToken ct) => db.SignInFailures
        .Where(row => row.Account == attempt.Account && row.Device == attempt.Device && (row.IsCertain || row.Id == attempt.Id))
        .ExecuteDeleteAsync(ct);

    private async Task<TimeSpan?> WaitAsync(SignInFailure attempt, Guid? userId, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - (_limits.LockFor > TimeSpan.FromHours(1) ? _limits.LockFor : TimeSpan.FromHours(1));
        var others = await db.SignInFailures.AsNoTracking()
            .Where(row => row.Account == attempt.Account && row.At > since && row.Id != attempt.Id)
            .Select(row => new { row.Device, row.At, row.IsCertain })
            .ToListAsync(ct);
        var here = others.Where(row => row.Device.AsSpan().SequenceEqual(attempt.Device)).ToList();
        var running = here.Count(row => !row.IsCertain && row.At > now - LongestCheck);
        var failed = here.Where(row => row.IsCertain && row.At > now - _limits.LockFor).ToList();
        if (running >= MostAtOnce)
            return TimeSpan.FromSeconds(1);
        if (failed.Count > 0 && DelayAfter(failed.Count + running) is { } delay
            && failed.Max(row => row.At) + delay - now is { Ticks: > 0 } rest)
            return rest;
        var elsewhere = others.Count(row => row.IsCertain) >= _limits.FailuresPerAccountAndHour;
        if (!elsewhere && !await SpraysAsync(attempt, now, ct))
            return null;
        return await IsKnownAsync(attempt, userId, ct) ? null : TimeSpan.FromMinutes(1);
    }

    // 1, 2, 4 ... 60 seconds from the fifth failure on, then the lock.
    private TimeSpan? DelayAfter(int failures) =>
        failures >= _limits.LockAfter ? _limits.LockFor
        : failures >= _limits.FreeFailures ? TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, failures - _limits.FreeFailures)))
        : null;

    private async Task<bool> SpraysAsync(SignInFailure attempt, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - _limits.OriginWindow;
        var accounts = await db.SignInFailures
            .Where(row => row.Origin == attempt.Origin && row.At > since && row.IsCertain)
            .Select(row => row.Account).Distinct().Take(_limits.AccountsPerOrigin).CountAsync(ct);
        return accounts >= _limits.AccountsPerOrigin;
    }

    private Task<bool> IsKnownAsync(SignInFailure attempt, Guid? userId, CancellationToken ct) => db.Sessions.AnyAsync(
        session => session.Device == attempt.Device
            && db.Users.Any(user => user.Id == session.UserId && (user.EmailIndex == attempt.Account || user.Id == userId)), ct);
}
