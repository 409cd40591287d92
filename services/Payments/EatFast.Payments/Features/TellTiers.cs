using EatFast.Messaging;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>
/// Says what a customer's tier gives where nobody has heard it yet: after the tiers were changed, and when a guest's points came to an account.
/// </summary>
internal sealed class TellTiers(PaymentsDbContext db, TimeProvider clock) : IPeriodicWork
{
    private const int BatchSize = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var untold = await db.LoyaltyAccounts.Where(account => account.ToldEdition != LoyaltyRules.Edition)
            .OrderBy(account => account.CustomerId).Take(BatchSize).ToListAsync(ct);
        foreach (var account in untold)
        {
            account.TellAgain();
            db.Announce(account.Told(now), about: account.CustomerId, now);
        }
        await db.SaveChangesAsync(ct);
    }
}
