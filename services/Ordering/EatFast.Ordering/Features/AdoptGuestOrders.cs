using EatFast.Identity.Contracts;
using EatFast.Ordering.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>A guest made an account: the guest's orders, codes used, cart and history are the user's from now on.</summary>
internal sealed class AdoptGuestOrders(OrderingDbContext db) : IConsumer<GuestConverted>
{
    public async Task Consume(ConsumeContext<GuestConverted> context)
    {
        var (guestId, userId, ct) = (context.Message.GuestId, context.Message.UserId, context.CancellationToken);
        await db.Orders.Where(order => order.CustomerId == guestId)
            .ExecuteUpdateAsync(order => order.SetProperty(row => row.CustomerId, userId), ct);
        await db.Redemptions.Where(used => used.CustomerId == guestId)
            .ExecuteUpdateAsync(used => used.SetProperty(row => row.CustomerId, userId), ct);
        await db.Analytics.Where(happened => happened.UserId == guestId)
            .ExecuteUpdateAsync(happened => happened.SetProperty(row => row.UserId, (Guid?)userId), ct);
        // Payments says what the account's tier is, with the guest's points in it.
        await db.CustomerTiers.Where(tier => tier.CustomerId == guestId).ExecuteDeleteAsync(ct);
        await AdoptCartAsync(guestId, userId, ct);
    }

    // A cart that the user filled already wins; in one statement, as a guest's cart is looked for twice.
    private async Task AdoptCartAsync(Guid guestId, Guid userId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM ordering.carts WHERE owner_id = {userId} AND lines = '[]'::jsonb
                AND EXISTS (SELECT FROM ordering.carts WHERE owner_id = {guestId})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE ordering.carts SET owner_id = {userId} WHERE owner_id = {guestId}
                AND NOT EXISTS (SELECT FROM ordering.carts WHERE owner_id = {userId})
            """,
            ct);
        await db.Carts.Where(cart => cart.OwnerId == guestId).ExecuteDeleteAsync(ct);
    }
}
