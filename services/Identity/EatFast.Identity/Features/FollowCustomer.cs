using EatFast.Identity.Data;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using MassTransit;

namespace EatFast.Identity.Features;

/// <summary>
/// Keeps the four numbers beside an account that every client shows with it: orders that arrived and what they cost, points and tier.
/// Guests have no account and are not counted.
/// </summary>
internal sealed class FollowCustomer(IdentityDbContext db) : IConsumer<OrderDelivered>, IConsumer<PointsChanged>
{
    public async Task Consume(ConsumeContext<OrderDelivered> context)
    {
        var (told, ct) = (context.Message, context.CancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.FindAndLockUserAsync(told.CustomerId, ct) is { ErasedAt: null } user)
            user.CountOrder(told.TotalXaf);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public async Task Consume(ConsumeContext<PointsChanged> context)
    {
        var (told, ct) = (context.Message, context.CancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.FindAndLockUserAsync(told.CustomerId, ct) is { ErasedAt: null } user)
            user.HoldPoints(told.AvailablePoints, told.Tier, told.Version);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
