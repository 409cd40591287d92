using EatFast.Delivery.Data;
using EatFast.Payments.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using PaymentsClient = EatFast.Payments.Contracts.V1.Payments.PaymentsClient;

namespace EatFast.Delivery.Features;

/// <summary>
/// Who holds as much of our cash as is allowed gets no more cash orders, until some of it is handed over. What holds now is asked for,
/// so that it does not matter in which order, or how often, the news arrives.
/// </summary>
internal sealed class FollowDriverCash(DeliveryDbContext db, PaymentsClient payments) : IConsumer<DriverCashMoved>
{
    public async Task Consume(ConsumeContext<DriverCashMoved> context)
    {
        var (driverId, ct) = (context.Message.DriverId, context.CancellationToken);
        var cash = await payments.GetDriverCashAsync(new() { DriverId = driverId.ToString() }, cancellationToken: ct);
        await db.Drivers.Where(driver => driver.Id == driverId && driver.MayTakeCash != cash.MayTakeCash)
            .ExecuteUpdateAsync(driver => driver.SetProperty(row => row.MayTakeCash, cash.MayTakeCash), ct);
    }
}
