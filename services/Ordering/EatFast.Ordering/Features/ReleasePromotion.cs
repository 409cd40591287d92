using EatFast.Ordering.Contracts;
using EatFast.Ordering.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>An order with a promotion stopped: its use no longer counts, neither for the promotion nor for the customer.</summary>
internal sealed class ReleasePromotion(OrderingDbContext db, TimeProvider clock)
    : IConsumer<OrderCancelled>, IConsumer<OrderRejected>, IConsumer<OrderExpired>
{
    public Task Consume(ConsumeContext<OrderCancelled> context) => ReleaseAsync(context.Message.OrderId, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderRejected> context) => ReleaseAsync(context.Message.OrderId, context.CancellationToken);

    public Task Consume(ConsumeContext<OrderExpired> context) => ReleaseAsync(context.Message.OrderId, context.CancellationToken);

    private async Task ReleaseAsync(Guid orderId, CancellationToken ct)
    {
        var used = await db.Redemptions.AsNoTracking().SingleOrDefaultAsync(used => used.OrderId == orderId && used.ReleasedAt == null, ct);
        if (used is null)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The promotion first, as when it is redeemed: in another order the two could wait for each other.
        await db.Promotions.Where(promotion => promotion.Id == used.PromotionId)
            .ExecuteUpdateAsync(row => row.SetProperty(promotion => promotion.UsageCount, promotion => promotion.UsageCount - 1), ct);
        var released = await db.Redemptions.Where(other => other.OrderId == orderId && other.ReleasedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(other => other.ReleasedAt, clock.GetUtcNow()), ct);
        // Somebody else released it meanwhile: without a commit the count above never happened.
        if (released == 0)
            return;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
