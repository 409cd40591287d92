using EatFast.Identity.Contracts;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>
/// An erased customer's orders keep their amounts and lose the key to where they went and what was said. An order that is still on its
/// way keeps it until the news comes again; once more changes nothing.
/// </summary>
internal sealed class ForgetPerson(OrderingDbContext db) : IConsumer<UserErased>
{
    public async Task Consume(ConsumeContext<UserErased> context)
    {
        var (userId, ct) = (context.Message.UserId, context.CancellationToken);
        await ForgetOrdersAsync(userId, ct);
        await db.Carts.Where(cart => cart.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.CustomerTiers.Where(tier => tier.CustomerId == userId).ExecuteDeleteAsync(ct);
        await db.Analytics.Where(row => row.UserId == userId).ExecuteUpdateAsync(row => row
            .SetProperty(known => known.UserId, (Guid?)null)
            .SetProperty(known => known.SessionId, (string?)null)
            .SetProperty(known => known.Properties, (string?)null), ct);
        await db.ForgetAnswersAsync(userId, ct);
    }

    private async Task ForgetOrdersAsync(Guid userId, CancellationToken ct)
    {
        var over = db.Orders.Where(order => order.CustomerId == userId && OrderStatus.Ended.Contains(order.Status));
        await over.ExecuteUpdateAsync(order => order
            .SetProperty(row => row.DataKey, RowVault.Shredded)
            .SetProperty(row => row.SealedDoor, (string?)null)
            .SetProperty(row => row.SealedGuest, (string?)null)
            .SetProperty(row => row.StoredInstructions, (string?)null)
            .SetProperty(row => row.StoredAddress.Street, "")
            .SetProperty(row => row.StoredAddress.District, (string?)null)
            .SetProperty(row => row.StoredAddress.Landmark, (string?)null)
            .SetProperty(row => row.StoredAddress.Instructions, (string?)null)
            .SetProperty(row => row.StoredAddress.Latitude, 0.0)
            .SetProperty(row => row.StoredAddress.Longitude, 0.0), ct);
        await db.Set<OrderItem>().Where(item => over.Any(order => order.Id == item.OrderId))
            .ExecuteUpdateAsync(item => item.SetProperty(row => row.SpecialInstructions, (string?)null), ct);
        await db.Set<OrderRating>().Where(rating => over.Any(order => order.Id == rating.OrderId))
            .ExecuteUpdateAsync(rating => rating.SetProperty(row => row.Comment, (string?)null).SetProperty(row => row.Photos, []), ct);
    }
}
