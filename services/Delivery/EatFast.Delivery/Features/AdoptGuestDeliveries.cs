using EatFast.Delivery.Data;
using EatFast.Identity.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>A guest made an account: what was brought to the guest is found under the user from now on, to be shown or forgotten.</summary>
internal sealed class AdoptGuestDeliveries(DeliveryDbContext db) : IConsumer<GuestConverted>
{
    public Task Consume(ConsumeContext<GuestConverted> context)
    {
        var (guest, user) = (context.Message.GuestId.ToString(), context.Message.UserId.ToString());
        return db.Database.ExecuteSqlAsync($$$"""
            UPDATE delivery.deliveries SET "order" = jsonb_set("order", '{customerId}', to_jsonb({{{user}}}::text))
            WHERE "order"->>'customerId' = {{{guest}}}
            """, context.CancellationToken);
    }
}
