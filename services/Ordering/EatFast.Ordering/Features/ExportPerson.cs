using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>What we keep of a customer: orders with where each went and what was said, the cart, the tier, and what was counted.</summary>
internal sealed class ExportPerson(OrderingDbContext db, FieldCipher cipher) : IPersonalRecords
{
    public async Task<object> ExportAsync(Guid userId, CancellationToken ct)
    {
        var orders = await db.WholeOrders.Include(order => order.Rating).AsNoTracking()
            .Where(order => order.CustomerId == userId).OrderBy(order => order.CreatedAt).ToListAsync(ct);
        return new
        {
            Orders = orders.ConvertAll(Show),
            Carried = await db.Orders.Where(order => order.DriverId == userId).OrderBy(order => order.CreatedAt)
                .Select(order => new { order.OrderNumber, order.CreatedAt }).ToListAsync(ct),
            Cart = await db.Carts.AsNoTracking().Where(cart => cart.OwnerId == userId)
                .Select(cart => new { cart.RestaurantId, cart.Lines, cart.UpdatedAt }).SingleOrDefaultAsync(ct),
            Tier = await db.CustomerTiers.Where(tier => tier.CustomerId == userId)
                .Select(tier => new { tier.Tier, tier.DiscountPercent, tier.HasFreeDelivery }).SingleOrDefaultAsync(ct),
            Promotions = await db.Redemptions.AsNoTracking().Where(use => use.CustomerId == userId).ToListAsync(ct),
            Events = await db.Analytics.AsNoTracking().Where(row => row.UserId == userId).OrderBy(row => row.OccurredAt)
                .Select(row => new { row.Name, row.OccurredAt, row.OrderId, row.Properties }).ToListAsync(ct)
        };
    }

    public Task<bool> IsNeededAsync(Guid userId, CancellationToken ct) => db.Orders.AnyAsync(
        order => (order.CustomerId == userId || order.DriverId == userId || order.RestaurantOwnerId == userId)
            && !OrderStatus.Ended.Contains(order.Status), ct);

    private object Show(Order order) => new
    {
        order.Id,
        order.OrderNumber,
        order.Status,
        order.PaymentStatus,
        order.PaymentMethod,
        order.CreatedAt,
        order.Pricing,
        order.Address,
        order.SpecialInstructions,
        Guest = GuestContact.Open(cipher, order.SealedGuest, order.Id),
        order.PromoCode,
        Items = order.Items.Select(item => new { item.Name, item.Quantity, item.UnitPriceXaf, item.Customizations, item.SpecialInstructions }),
        order.Rating,
        History = order.History.OrderBy(change => change.Version)
            .Select(change => new { change.Kind, change.Status, change.Actor, change.Reason, Comment = order.CommentOf(change), change.At })
    };
}
