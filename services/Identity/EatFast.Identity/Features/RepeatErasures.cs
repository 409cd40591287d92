using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>
/// For a month each erasure is told once a day: what was still on its way when somebody left, and what a neighbour brought back from a
/// backup, goes then. To be told again changes nothing.
/// </summary>
internal sealed class RepeatErasures(IdentityDbContext db, TimeProvider clock) : IPeriodicWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);
    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (toldBefore, erasedAfter) = (now - Pause, now - Period);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // From ix_users_erasure_told_at; another replica's rows are left to it.
        var due = await db.Users.FromSql($"""
            SELECT * FROM identity.users WHERE erasure_told_at <= {toldBefore} AND erased_at > {erasedAfter}
            ORDER BY erasure_told_at LIMIT 500 FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var user in due)
        {
            user.RepeatErasure(now);
            db.Announce(new UserErased(user.Id, user.ErasedAt!.Value), about: user.Id, now);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
