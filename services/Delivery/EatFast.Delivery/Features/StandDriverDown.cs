using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Identity.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>A driver whose account is no longer active gets no more offers; one who carries food keeps that job to its end.</summary>
internal sealed class StandDriverDown(DeliveryDbContext db, LivePositions live, TimeProvider clock) : IConsumer<UserStatusChanged>
{
    public async Task Consume(ConsumeContext<UserStatusChanged> context)
    {
        var (changed, ct) = (context.Message, context.CancellationToken);
        var driver = changed.Status == People.Active ? null : await db.Drivers.SingleOrDefaultAsync(row => row.Id == changed.UserId, ct);
        if (driver is not { Status: DriverStatus.Online })
            return;
        driver.GoOffline(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await live.HideAsync(driver.Id);
    }
}
