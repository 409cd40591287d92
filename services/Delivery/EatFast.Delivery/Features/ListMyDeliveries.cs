using EatFast.Delivery.Data;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record ListMyDeliveriesResponse(IReadOnlyList<DeliveryOrder> Deliveries, Pagination Pagination);

/// <summary>The driver's history, newest first, without the customers' contacts.</summary>
internal static class ListMyDeliveries
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapGet("/deliveries", Handle)
        .WithName(nameof(ListMyDeliveries))
        .WithSummary("My deliveries");

    internal static async Task<Ok<Envelope<ListMyDeliveriesResponse>>> Handle(
        [AsParameters] PageQuery page, CurrentUser user, DeliveryDbContext db, CancellationToken ct)
    {
        var mine = db.Deliveries.AsNoTracking().Where(d => d.DriverId == user.Id);
        var total = await mine.LongCountAsync(ct);
        var deliveries = await mine.OrderByDescending(d => d.AssignedAt).ThenBy(d => d.Id).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ListMyDeliveriesResponse([.. deliveries.Select(d => new DeliveryOrder(d))], page.Of(total)));
    }
}
