using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Payments.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Features;

/// <summary>
/// Who holds as much of our cash as is allowed gets no more cash orders, until some of it is handed over. What holds now is asked for,
/// so that it does not matter in which order, or how often, the news arrives.
/// </summary>
internal sealed class FollowDriverCash(DeliveryDbContext db, DriverCash cash) : IConsumer<DriverCashMoved>
{
    public async Task Consume(ConsumeContext<DriverCashMoved> context)
    {
        var (driverId, ct) = (context.Message.DriverId, context.CancellationToken);
        var mayTakeCash = await cash.MayTakeMoreAsync(driverId, ct);
        await db.Drivers.Where(driver => driver.Id == driverId && driver.MayTakeCash != mayTakeCash)
            .ExecuteUpdateAsync(driver => driver.SetProperty(row => row.MayTakeCash, mayTakeCash), ct);
    }
}
