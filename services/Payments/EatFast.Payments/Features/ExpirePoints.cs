using EatFast.Messaging;
using EatFast.Payments.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>Takes back points whose time is over; the account's version keeps it apart from a redemption at the same moment.</summary>
internal sealed class ExpirePoints(PaymentsDbContext db, TimeProvider clock) : IPeriodicWork
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Uses ix_loyalty_points_expires_at.
        var over = await db.LoyaltyPoints.Where(row => row.ExpiresAt <= now && row.LeftPoints > 0)
            .OrderBy(row => row.ExpiresAt).Take(BatchSize).ToListAsync(ct);
        if (over.Count == 0)
            return;
        var customers = over.Select(row => row.CustomerId).Distinct().ToList();
        var accounts = await db.LoyaltyAccounts.Where(row => customers.Contains(row.CustomerId)).ToDictionaryAsync(row => row.CustomerId, ct);
        foreach (var earned in over)
            db.Add(accounts[earned.CustomerId].Expire(earned, now));
        foreach (var account in accounts.Values)
            db.Announce(account.Told(now), about: account.CustomerId, now);
        await db.SaveChangesAsync(ct);
    }
}
