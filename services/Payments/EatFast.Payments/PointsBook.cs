using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>How long points can be used.</summary>
internal sealed record PointsLifetime(TimeSpan Value);

/// <summary>Gives a delivered order's customer points, for the food alone and once; the caller saves.</summary>
internal sealed class PointsBook(PaymentsDbContext db, PointsLifetime lifetime, TimeProvider clock)
{
    public async Task EarnAsync(Guid customerId, Guid orderId, long foodXaf, CancellationToken ct)
    {
        // Uses ix_loyalty_points_kind_source_id.
        if (await db.LoyaltyPoints.AnyAsync(row => row.Kind == PointsKind.Earned && row.SourceId == orderId, ct))
            return;
        var now = clock.GetUtcNow();
        var account = await db.LoyaltyAccounts.SingleOrDefaultAsync(row => row.CustomerId == customerId, ct);
        if (account is null)
            db.Add(account = LoyaltyAccount.Open(customerId, now));
        if (account.Earn(orderId, foodXaf, now, lifetime.Value) is not { } earned)
            return;
        db.Add(earned);
        db.Announce(account.Told(now), about: customerId, now);
    }
}

/// <summary>What others are told of a customer's points.</summary>
internal static class PointsNews
{
    public static PointsChanged Told(this LoyaltyAccount account, DateTimeOffset now)
    {
        var tier = LoyaltyRules.TierOf(account.EarnedPoints);
        return new(account.CustomerId, account.AvailablePoints, tier.Name, account.Version, now, tier.DiscountPercent, tier.HasFreeDelivery);
    }
}
