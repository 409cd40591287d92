using EatFast.Payments.Data;

namespace EatFast.Payments.Features;

/// <summary>Answers Delivery, which offers no cash orders to who holds too much of it already.</summary>
internal sealed class ReadDriverCash(PaymentsDbContext db, CashCeiling ceiling)
{
    public async Task<(long OwedXaf, bool MayTakeCash)> Handle(string driverId, CancellationToken ct)
    {
        if (!Guid.TryParse(driverId, out var driver))
            return (0, false);
        var (heldXaf, shortXaf) = await db.CashOwedAsync(driver, ct);
        return (heldXaf + shortXaf, ceiling.Allows(heldXaf + shortXaf));
    }
}
