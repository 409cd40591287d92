using EatFast.Ordering.Data;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>
/// Finds orders that stay in a stage too long and lets the watchdog look at each. A claim only postpones the next look, so whoever
/// dies in between, or meets a neighbour that is away, leaves the order to the next run.
/// </summary>
internal sealed class RedriveOrders(OrderingDbContext db, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RedriveOrders> logger)
    : IPeriodicWork
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var orderId in await ClaimAsync(ct))
            await LookAsync(orderId, ct);
    }

    private async Task LookAsync(Guid orderId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<OrderWatchdog>().LookAsync(orderId, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            logger.LogInformation("Order {OrderId} moved on by itself while it was looked at", orderId);
        }
        catch (RpcException away) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning("Order {OrderId} cannot be looked at now: {Reason}", orderId, away.Status.Detail);
        }
    }

    // Uses ix_orders_watch_at; replicas skip each other's rows.
    private async Task<List<Guid>> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claimed = await db.Database.SqlQuery<Guid>($"""
            SELECT id AS "Value" FROM ordering.orders
            WHERE watch_at <= {now}
            ORDER BY watch_at
            LIMIT {BatchSize}
            FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (claimed.Count > 0)
            await db.Database.ExecuteSqlAsync($"UPDATE ordering.orders SET watch_at = {now + Lease} WHERE id = ANY({claimed})", ct);
        await transaction.CommitAsync(ct);
        return claimed;
    }
}
