using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>Every minute: suspensions that reached their end. Signing in is possible from that very moment, before this ran.</summary>
internal sealed class LiftSuspensions(IdentityDbContext db, TimeProvider clock) : IPeriodicWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // From ix_users_suspended_until; another replica's rows are left to it.
        var due = await db.Users.FromSql($"""
            SELECT * FROM identity.users WHERE suspended_until <= {now} AND status = 'suspended'
            ORDER BY suspended_until LIMIT 100 FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var user in due.Where(user => user.LiftSuspension(now)))
        {
            var changed = new UserStatusChanged(
                Guid.CreateVersion7(now), user.Id, user.Role, user.Status, UserStatus.Suspended, Until: null, now);
            db.Announce(changed, about: user.Id, now);
            db.RecordAction(null, "user.suspension_ended", "user", user.Id, now);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
