using System.Threading.RateLimiting;
using EatFast.Errors;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EatFast.Ordering;

/// <summary>A transaction that stores an order; the customer's next order, and the promotion's next use, begin when it has ended.</summary>
internal sealed class Placing(RateLimitLease? turn, IDbContextTransaction transaction) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        turn?.Dispose();
    }
}

/// <summary>Finds promotions and uses them up: the promotion's own row is the lock behind which everybody counts.</summary>
internal sealed class Promotions(OrderingDbContext db)
{
    private const int LongestQueue = 1_000;

    // A crowd after one promotion waits here for its row, instead of holding a database connection each that others need.
    private static readonly PartitionedRateLimiter<Guid> Turns = PartitionedRateLimiter.Create<Guid, Guid>(promotionId =>
        RateLimitPartition.GetConcurrencyLimiter(promotionId, _ => new() { PermitLimit = 2, QueueLimit = LongestQueue }));

    /// <summary>Null without a code. Refuses with PROMO_CODE_INVALID.</summary>
    public async Task<Promotion?> FindAsync(string? code, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(code))
            return null;
        var normal = Promotion.Normalize(code);
        return await db.Promotions.AsNoTracking().SingleOrDefaultAsync(promotion => promotion.Code == normal, ct)
            ?? throw Promotion.Refuse("unknown");
    }

    /// <summary>The order's transaction, begun when it is its promotion's and its customer's turn.</summary>
    public async Task<Placing> BeginAsync(Guid customerId, Discount? discount, CancellationToken ct)
    {
        var turn = discount is null ? null : await Turns.AcquireAsync(discount.PromotionId, cancellationToken: ct);
        if (turn?.IsAcquired == false)
            throw new RuleViolatedException("SERVICE_UNAVAILABLE");
        Placing? placing = null;
        try
        {
            placing = new(turn, await db.Database.BeginTransactionAsync(ct));
            // Which order is somebody's first is decided one order after the other, with or without a code. Before any promotion's row,
            // so that the two never wait for each other.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({customerId.ToString()}, 0))", ct);
            return placing;
        }
        catch
        {
            if (placing is not null)
                await placing.DisposeAsync();
            turn?.Dispose();
            throw;
        }
    }

    /// <summary>Inside the order's transaction. Refuses with PROMO_CODE_INVALID when a limit is reached; the caller saves and commits.</summary>
    public async Task RedeemAsync(Order order, Discount discount, DateTimeOffset now, CancellationToken ct)
    {
        // From here to the commit the row is locked: the next one counts what this one did.
        var taken = await db.Promotions
            .Where(promotion => promotion.Id == discount.PromotionId && promotion.IsActive)
            .Where(promotion => promotion.Terms.UsageLimit == 0 || promotion.UsageCount < promotion.Terms.UsageLimit)
            .ExecuteUpdateAsync(row => row.SetProperty(promotion => promotion.UsageCount, promotion => promotion.UsageCount + 1), ct);
        if (taken == 0)
            throw Promotion.Refuse("used_up");
        var terms = await db.Promotions.Where(promotion => promotion.Id == discount.PromotionId)
            .Select(promotion => new { promotion.Terms.PerUserLimit, promotion.Terms.IsFirstOrderOnly, promotion.Terms.OwnerId }).SingleAsync(ct);
        RequireOwner(terms.OwnerId, order.CustomerId);
        RequireAccount(order.SealedGuest is not null, terms.IsFirstOrderOnly, terms.PerUserLimit);
        await RequireShareAsync(order.CustomerId, discount.PromotionId, terms.PerUserLimit, ct);
        if (terms.IsFirstOrderOnly && await HasOrderedAsync(order.CustomerId, ct))
            throw Promotion.Refuse("first_order_only");
        db.Add(new PromotionRedemption
        {
            OrderId = order.Id,
            PromotionId = discount.PromotionId,
            CustomerId = order.CustomerId,
            DiscountXaf = order.Pricing.PromotionXaf,
            RedeemedAt = now
        });
    }

    /// <summary>What the redemption would refuse, said before anything is held for the order.</summary>
    public async Task RequireUsableAsync(Discount? discount, Basket basket, CancellationToken ct)
    {
        if (discount is null)
            return;
        var promotion = await db.Promotions.AsNoTracking().SingleOrDefaultAsync(found => found.Id == discount.PromotionId && found.IsActive, ct)
            ?? throw Promotion.Refuse("used_up");
        RequireAccount(basket.IsGuest, promotion.Terms.IsFirstOrderOnly, promotion.Terms.PerUserLimit);
        await RequireUsableAsync(promotion, basket.CustomerId, ct);
    }

    /// <summary>The same limits without using anything up, for whoever only asks.</summary>
    public async Task RequireUsableAsync(Promotion promotion, Guid? customerId, CancellationToken ct)
    {
        RequireOwner(promotion.Terms.OwnerId, customerId);
        if (promotion.Terms.UsageLimit > 0 && promotion.UsageCount >= promotion.Terms.UsageLimit)
            throw Promotion.Refuse("used_up");
        if (customerId is not { } customer)
            return;
        await RequireShareAsync(customer, promotion.Id, promotion.Terms.PerUserLimit, ct);
        if (promotion.Terms.IsFirstOrderOnly && await HasOrderedAsync(customer, ct))
            throw Promotion.Refuse("first_order_only");
    }

    // A new session makes a new guest, so what is counted by the person needs an account.
    private static void RequireAccount(bool isGuest, bool isFirstOrderOnly, int perUserLimit)
    {
        if (isGuest && (isFirstOrderOnly || perUserLimit > 0))
            throw Promotion.Refuse("account_needed");
    }

    // To anybody else there is no such code.
    private static void RequireOwner(Guid? ownerId, Guid? customerId)
    {
        if (ownerId is { } owner && owner != customerId)
            throw Promotion.Refuse("unknown");
    }

    // Uses ix_promotion_redemptions_promotion_id_customer_id.
    private async Task RequireShareAsync(Guid customerId, Guid promotionId, int limit, CancellationToken ct)
    {
        if (limit > 0 && await db.Redemptions.CountAsync(
            used => used.PromotionId == promotionId && used.CustomerId == customerId && used.ReleasedAt == null, ct) >= limit)
            throw Promotion.Refuse("used_by_you");
    }

    private Task<bool> HasOrderedAsync(Guid customerId, CancellationToken ct) => db.Orders.AnyAsync(
        order => order.CustomerId == customerId
            && order.Status != OrderStatus.Cancelled && order.Status != OrderStatus.Rejected && order.Status != OrderStatus.Expired, ct);
}
