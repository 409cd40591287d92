using PaymentsClient = EatFast.Payments.Contracts.V1.Payments.PaymentsClient;

namespace EatFast.Delivery.Clients;

/// <summary>Asks Payments whether a driver may take more cash.</summary>
internal sealed class DriverCash(PaymentsClient payments)
{
    public async Task<bool> MayTakeMoreAsync(Guid driverId, CancellationToken ct) =>
        (await payments.GetDriverCashAsync(new() { DriverId = driverId.ToString() }, cancellationToken: ct)).MayTakeCash;
}
