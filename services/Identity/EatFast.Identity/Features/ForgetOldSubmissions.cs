using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EatFast.Identity.Features;

/// <summary>
/// Deletes messages a year after they were resolved, applications a year after they were rejected, and after a month who never confirmed
/// the newsletter and what is left of who ended it.
/// </summary>
internal sealed class ForgetOldSubmissions(IdentityDbContext db, IOptions<PublicRules> rules, TimeProvider clock) : IPeriodicWork
{
    // Replicas may do this at once: a row is only deleted one time.
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (resolved, rejected, open) = (now - rules.Value.KeepResolved, now - rules.Value.KeepRejected, now - rules.Value.KeepUnconfirmed);
        await db.ContactMessages.Where(row => row.ResolvedAt < resolved).ExecuteDeleteAsync(ct);
        await db.PartnerApplications.Where(row => row.Status == ApplicationStatus.Rejected && row.DecidedAt < rejected).ExecuteDeleteAsync(ct);
        await db.Subscriptions.Where(row => row.Status != SubscriptionStatus.Subscribed && row.UpdatedAt < open).ExecuteDeleteAsync(ct);
    }
}
