using System.Globalization;
using EatFast.Ordering.Contracts.V1;
using EatFast.Ordering.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>The orders of a stretch of time for our own services, so that one of which nobody else heard is found; internal port only.</summary>
internal sealed class ListPlacedOrders(OrderingDbContext db)
{
    private const int PageSize = 500;

    public async Task<PlacedOrders> HandleAsync(ListPlacedRequest request, CancellationToken ct)
    {
        var (from, until) = (TimeOf(request.From), TimeOf(request.Until));
        var page = db.Orders.AsNoTracking().Where(order => order.CreatedAt >= from && order.CreatedAt < until);
        if (Guid.TryParse(request.AfterOrderId, out var afterId)
            && await db.Orders.Where(order => order.Id == afterId).Select(order => (DateTimeOffset?)order.CreatedAt).SingleOrDefaultAsync(ct) is { } after)
            page = page.Where(order => order.CreatedAt > after || (order.CreatedAt == after && order.Id.CompareTo(afterId) > 0));
        // Uses ix_orders_created_at.
        var found = await page.OrderBy(order => order.CreatedAt).ThenBy(order => order.Id).Take(PageSize)
            .Select(order => new { order.Id, order.OrderNumber, order.Pricing.TotalXaf, order.CreatedAt }).ToListAsync(ct);
        var reply = new PlacedOrders();
        reply.Orders.AddRange(found.Select(order => new PlacedOrder
        {
            OrderId = order.Id.ToString(),
            OrderNumber = order.OrderNumber,
            TotalXaf = order.TotalXaf,
            CreatedAt = order.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
        }));
        return reply;
    }

    // What is no time begins or ends nothing.
    private static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : DateTimeOffset.UnixEpoch;
}
