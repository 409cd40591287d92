using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>One order for its customer, its restaurant, its driver or an admin; to anyone else it does not exist.</summary>
internal static class GetOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/{orderId:guid}", Handle)
        .WithName(nameof(GetOrder))
        .WithSummary("Read an order");

    internal static async Task<Ok<Envelope<OrderView>>> Handle(
        Guid orderId, HttpContext http, CurrentUser user, OrderingDbContext db, DeliveryQuotes delivery, CancellationToken ct)
    {
        var order = await db.RequireOrderAsync(orderId, user, ct);
        var tracking = order.DriverId is null ? null : await delivery.TrackAsync(orderId, ct);
        return Answer.Ok(Views.Of(order, user.AsActor(), Language.Of(http), tracking));
    }
}
