using EatFast.Delivery.Data;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record GetDeliveryResponse(DeliveryOrder Delivery, IReadOnlyList<PositionView> Trail);

/// <summary>One delivery with the way it took, for its driver and for administrators; for everybody else it does not exist.</summary>
internal static class GetDelivery
{
    private const int MaxTrail = 1000;

    public static void Map(IEndpointRouteBuilder deliveries) => deliveries
        .MapGet("/{id:guid}", Handle)
        .WithName(nameof(GetDelivery))
        .WithSummary("A delivery and its trail");

    internal static async Task<Ok<Envelope<GetDeliveryResponse>>> Handle(
        Guid id, CurrentUser user, DeliveryDbContext db, CancellationToken ct)
    {
        var visible = user.IsAdmin
            ? db.Deliveries
            : db.Deliveries.Where(d => d.DriverId == user.Id && user.Role == Roles.DeliveryAgent);
        var delivery = await visible.AsNoTracking().Called(id).SingleOrDefaultAsync(ct)
            ?? throw new RuleViolatedException("DELIVERY_NOT_FOUND");
        var trail = await db.TrailPoints.AsNoTracking().Where(point => point.DeliveryId == delivery.Id)
            .OrderBy(point => point.RecordedAt).Take(MaxTrail)
            .Select(point => new PositionView(point.Latitude, point.Longitude, point.RecordedAt)).ToListAsync(ct);
        return Answer.Ok(new GetDeliveryResponse(new DeliveryOrder(delivery), trail));
    }
}
