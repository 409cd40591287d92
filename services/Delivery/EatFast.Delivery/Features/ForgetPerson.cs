using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Identity.Contracts;
using EatFast.Security;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>
/// An erased driver loses name, number and ways, and where an erased customer lived goes out of deliveries that are over; one that is
/// still on its way keeps it until the news comes again.
/// </summary>
internal sealed class ForgetPerson(DeliveryDbContext db, LivePositions positions) : IConsumer<UserErased>
{
    public async Task Consume(ConsumeContext<UserErased> context)
    {
        var (userId, ct) = (context.Message.UserId, context.CancellationToken);
        await db.Drivers.Where(driver => driver.Id == userId && driver.Status != DriverStatus.Busy).ExecuteUpdateAsync(driver => driver
            .SetProperty(row => row.DataKey, RowVault.Shredded)
            .SetProperty(row => row.SealedContact, (string?)null)
            .SetProperty(row => row.StoredName, "")
            .SetProperty(row => row.StoredPhone, "")
            .SetProperty(row => row.Latitude, (double?)null)
            .SetProperty(row => row.Longitude, (double?)null)
            .SetProperty(row => row.Status, DriverStatus.Offline), ct);
        await positions.HideAsync(userId);
        await ForgetDoorsAsync(userId, ct);
        await db.ForgetAnswersAsync(userId, ct);
    }

    private async Task ForgetDoorsAsync(Guid userId, CancellationToken ct)
    {
        var id = userId.ToString();
        await db.Database.ExecuteSqlAsync($$$"""
            UPDATE delivery.deliveries
            SET data_key = '', sealed_door = NULL,
                "order" = "order" || '{"deliveryAddress":"","deliveryInstructions":"","destination":{"latitude":0,"longitude":0}}'::jsonb
            WHERE "order"->>'customerId' = {{{id}}} AND status IN ('delivered', 'cancelled', 'failed')
            """, ct);
        // The last point of a way is somebody's door.
        await db.Database.ExecuteSqlAsync($"""
            DELETE FROM delivery.trail_points WHERE delivery_id IN (
                SELECT id FROM delivery.deliveries
                WHERE ("order"->>'customerId' = {id} OR driver_id = {userId}) AND status IN ('delivered', 'cancelled', 'failed'))
            """, ct);
    }
}
