using EatFast.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>
/// Deletes sessions and their tokens a day after they ran out (until then a token that turns up late is recognised), codes after
/// two days and failed sign-ins when they no longer count.
/// </summary>
internal sealed class ForgetEndedSessions(IdentityDbContext db, TimeProvider clock) : IPeriodicWork
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    // Replicas may do this at once: a row is only deleted one time.
    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Retention;
        await db.Sessions.Where(session => session.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.Codes.Where(code => code.IssuedAt < before - Retention && code.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.GuestSessions.Where(guest => guest.ExpiresAt < before && guest.ConvertedTo == null).ExecuteDeleteAsync(ct);
        await db.Challenges.Where(challenge => challenge.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.TrustedDevices.Where(device => device.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.SignInFailures.Where(failure => failure.At < before).ExecuteDeleteAsync(ct);
    }
}
