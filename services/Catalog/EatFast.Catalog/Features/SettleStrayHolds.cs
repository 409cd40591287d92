using EatFast.Catalog.Clients;
using EatFast.Catalog.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>
/// A hold whose order was never heard of: Ordering is asked, because the order may have failed after the hold, or its event may be
/// late. Far longer than any request lasts, so an order that is unknown by then will not appear.
/// </summary>
internal sealed class SettleStrayHolds(CatalogDbContext db, StockRoom stock, OrderLookup orders, TimeProvider clock) : IPeriodicWork
{
    private const int Batch = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task RunAsync(CancellationToken ct)
    {
        var overdue = clock.GetUtcNow() - Patience;
        var stray = await db.StockHolds.Where(hold => hold.ConfirmedAt == null && hold.TakenAt < overdue)
            .OrderBy(hold => hold.TakenAt).Select(hold => hold.OrderId).Take(Batch).ToListAsync(ct);
        foreach (var orderId in stray.Distinct())
        {
            if (await orders.FindAsync(orderId, ct) is null or { Status: "cancelled" or "rejected" or "expired" })
                await stock.GiveBackAsync(orderId, ct);
            else
                await stock.ConfirmAsync(orderId, ct);
        }
    }
}
