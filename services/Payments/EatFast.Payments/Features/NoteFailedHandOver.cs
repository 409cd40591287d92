using EatFast.Delivery.Contracts;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>
/// A driver brings cooked food back that cash was promised for, and not by a fault of ours: its customer, and whoever orders to that door,
/// is asked for more.
/// </summary>
internal sealed class NoteFailedHandOver(PaymentsDbContext db, OrderPayments payments, OrderLookup orders, MarkHasher marks)
    : IConsumer<DeliveryWithdrawn>
{
    public async Task Consume(ConsumeContext<DeliveryWithdrawn> context)
    {
        var (gone, ct) = (context.Message, context.CancellationToken);
        // Without a reason it may have been the customer, and an administrator reads the alert.
        if (!gone.HadFood || ReturnReason.IsOurs(gone.Reason))
            return;
        var payment = await payments.FindOrAddAsync(gone.OrderId, ct);
        if (payment.IsCash && !await db.FailedHandOvers.AnyAsync(row => row.OrderId == gone.OrderId, ct))
        {
            var place = (await orders.FindOrNullAsync(gone.OrderId, ct))?.Places;
            db.Add(new FailedHandOver
            {
                OrderId = gone.OrderId,
                CustomerId = payment.CustomerId,
                Address = place is { IsDelivery: true } ? marks.OfPlace(place.DoorLatitude, place.DoorLongitude) : null,
                FailedAt = gone.WithdrawnAt
            });
        }
        await db.SaveChangesAsync(ct);
    }
}
