using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering;

/// <summary>What tiers take off; only who is signed in has one.</summary>
internal sealed class TierBenefits(OrderingDbContext db, IOptions<OrderingOptions> options)
{
    /// <summary>Null for nothing. Uses pk_customer_tiers.</summary>
    public async Task<TierBenefit?> FindAsync(Guid customerId, CancellationToken ct) => options.Value.TierBenefits
        ? await db.CustomerTiers.Where(row => row.CustomerId == customerId)
            .Select(row => new TierBenefit(row.DiscountPercent, row.HasFreeDelivery)).SingleOrDefaultAsync(ct)
        : null;
}
