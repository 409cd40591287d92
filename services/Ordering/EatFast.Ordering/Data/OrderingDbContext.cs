using EatFast.Data;
using EatFast.Messaging;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Data;

/// <summary>Orders with their items, history, timers and ratings. Two changes of one order at once: the second save fails.</summary>
public sealed class OrderingDbContext(DbContextOptions<OrderingDbContext> options) : DbContext(options)
{
    public const string Schema = "ordering";
    internal const string OrderNumbers = "order_numbers";

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderTimer> Timers => Set<OrderTimer>();

    public DbSet<Promotion> Promotions => Set<Promotion>();

    public DbSet<PromotionRedemption> Redemptions => Set<PromotionRedemption>();

    public DbSet<CustomerTier> CustomerTiers => Set<CustomerTier>();

    public DbSet<Cart> Carts => Set<Cart>();

    public DbSet<AnalyticsEvent> Analytics => Set<AnalyticsEvent>();

    public DbSet<AnalyticsForwarding> AnalyticsForwardings => Set<AnalyticsForwarding>();

    public DbSet<AnalyticsRollup> Rollups => Set<AnalyticsRollup>();

    /// <summary>The whole aggregate as a view shows it. In one statement, so that version and history are of the same moment.</summary>
    public IQueryable<Order> WholeOrders => Orders.Include(order => order.Items).Include(order => order.History).AsSingleQuery();

    /// <summary>Counts what is not counted yet, also when the same is told by two at once; how many were new.</summary>
    public Task<int> CountOnceAsync(IReadOnlyCollection<AnalyticsEvent> events, CancellationToken ct) => Database.ExecuteSqlAsync(
        $"""
        INSERT INTO ordering.analytics (id, name, occurred_at, recorded_at, user_id, session_id, order_id, restaurant_id, amount_xaf, properties)
        SELECT id, name, occurred_at, recorded_at, user_id, session_id, order_id, restaurant_id, amount_xaf, properties::jsonb
        FROM unnest({events.Select(row => row.Id).ToArray()}, {events.Select(row => row.Name).ToArray()},
            {events.Select(row => row.OccurredAt).ToArray()}, {events.Select(row => row.RecordedAt).ToArray()},
            {events.Select(row => row.UserId).ToArray()}, {events.Select(row => row.SessionId).ToArray()},
            {events.Select(row => row.OrderId).ToArray()}, {events.Select(row => row.RestaurantId).ToArray()},
            {events.Select(row => row.AmountXaf).ToArray()}, {events.Select(row => row.Properties).ToArray()})
            AS told (id, name, occurred_at, recorded_at, user_id, session_id, order_id, restaurant_id, amount_xaf, properties)
        ON CONFLICT DO NOTHING
        """,
        ct);

    public Task<long> NextOrderNumberAsync(CancellationToken ct) =>
        Database.SqlQuery<long>($"SELECT nextval('ordering.order_numbers') AS \"Value\"").SingleAsync(ct);

    /// <summary>The watchdog looks at the order then, unless it changes before; null for never.</summary>
    public void WatchUntil(Order order, DateTimeOffset? at, int tries = 0)
    {
        Entry(order).Property<DateTimeOffset?>(OrderMapping.WatchAt).CurrentValue = at;
        Entry(order).Property<int>(OrderMapping.WatchTries).CurrentValue = tries;
    }

    public int TriesOf(Order order) => Entry(order).Property<int>(OrderMapping.WatchTries).CurrentValue;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (DbUpdateException lost) when (lost.IsDuplicate<OrderEvent>(this))
        {
            // The history row can be inserted before the order's version is compared: the same race, noticed earlier.
            throw new DbUpdateConcurrencyException("The order was changed by someone else.", lost);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.HasSequence<long>(OrderNumbers);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrderingDbContext).Assembly);
        modelBuilder.MapMessaging();
    }
}
