using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

public sealed record ActiveDeliveryResponse(bool HasActiveDelivery, DeliveryOrder? Order);

/// <summary>What the driver carries now, with the customer's phone; an app that restarts finds its way back with it.</summary>
internal static class GetActiveDelivery
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapGet("/delivery/active", Handle)
        .WithName(nameof(GetActiveDelivery))
        .WithSummary("My current delivery");

    internal static async Task<Ok<Envelope<ActiveDeliveryResponse>>> Handle(
        CurrentUser user, DeliveryDbContext db, People people, CancellationToken ct)
    {
        var delivery = await db.Deliveries.AsNoTracking().ActiveOf(user.Id).SingleOrDefaultAsync(ct);
        if (delivery is null)
            return Answer.Ok(new ActiveDeliveryResponse(false, null));
        var customer = await people.FindCustomerAsync(delivery.Order, ct);
        return Answer.Ok(new ActiveDeliveryResponse(true, new DeliveryOrder(delivery, customer)));
    }
}
