using EatFast.Ordering.Data;
using EatFast.Payments.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>Payments says what a customer's tier gives: it comes off what is priced from then on.</summary>
internal sealed class FollowTier(OrderingDbContext db) : IConsumer<PointsChanged>
{
    public async Task Consume(ConsumeContext<PointsChanged> context)
    {
        var (told, ct) = (context.Message, context.CancellationToken);
        // News from before benefits were told: what is known stays.
        if (told is not { DiscountPercent: { } percent, HasFreeDelivery: { } isFree })
            return;
        // Uses pk_customer_tiers; news may arrive in any order.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO ordering.customer_tiers AS known (customer_id, tier, discount_percent, has_free_delivery, version)
            VALUES ({told.CustomerId}, {told.Tier}, {Math.Clamp(percent, 0, 100)}, {isFree}, {told.Version})
            ON CONFLICT (customer_id) DO UPDATE SET tier = EXCLUDED.tier, discount_percent = EXCLUDED.discount_percent,
                has_free_delivery = EXCLUDED.has_free_delivery, version = EXCLUDED.version
            WHERE known.version < EXCLUDED.version
            """, ct);
    }
}
