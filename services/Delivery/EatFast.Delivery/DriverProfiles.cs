using EatFast.Delivery.Clients;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery;

/// <summary>Name and figures of a driver; `status` is that of the account, `availability` whether offers come.</summary>
public sealed record DriverProfile(
    Guid Id, string Name, string Email, string Phone, string Status, string Availability, bool IsOnline, bool IsAvailable, bool MayTakeCash, string Vehicle,
    decimal Rating, int TotalDeliveries, long Earnings, long TotalEarnings, string Currency, IReadOnlyList<DayOfWork> WeeklyStats,
    PositionView? Location, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record DayOfWork(DateOnly Date, int Deliveries, long Earnings);

/// <summary>Builds the profile that two features answer with.</summary>
internal sealed class DriverProfiles(DeliveryDbContext db, People people, TimeProvider clock)
{
    // Cameroon has one time zone, without summer time.
    private static readonly TimeSpan LocalOffset = TimeSpan.FromHours(1);

    public async Task<DriverProfile> OfAsync(Driver driver, CancellationToken ct)
    {
        var delivered = db.Deliveries.AsNoTracking().Where(d => d.DriverId == driver.Id && d.Status == DeliveryStatus.Delivered);
        var total = await delivered.SumAsync(d => d.FeeXaf, ct);
        var week = await WeekAsync(delivered, ct);
        var contact = await people.FindContactAsync(driver.Id, ct);
        return new(
            driver.Id, driver.Name, contact?.Email ?? "", driver.Phone, await AccountStatusAsync(driver.Id, ct), driver.Status.Word(),
            driver.Status != DriverStatus.Offline, driver.Status == DriverStatus.Online, driver.MayTakeCash, driver.Vehicle,
            driver.Rating, driver.CompletedDeliveries, total, total, "XAF", week,
            PositionView.Of(driver), driver.CreatedAt, driver.UpdatedAt);
    }

    private async Task<List<DayOfWork>> WeekAsync(IQueryable<Domain.Delivery> delivered, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(LocalOffset).DateTime);
        var since = new DateTimeOffset(today.AddDays(-6), TimeOnly.MinValue, LocalOffset).ToUniversalTime();
        var rides = await delivered.Where(d => d.DeliveredAt >= since).Select(d => new { d.DeliveredAt, d.FeeXaf }).ToListAsync(ct);
        var byDay = rides.ToLookup(ride => DateOnly.FromDateTime(ride.DeliveredAt!.Value.ToOffset(LocalOffset).DateTime));
        return [.. Enumerable.Range(-6, 7).Select(today.AddDays)
            .Select(day => new DayOfWork(day, byDay[day].Count(), byDay[day].Sum(ride => ride.FeeXaf)))];
    }

    private async Task<string> AccountStatusAsync(Guid driverId, CancellationToken ct)
    {
        try
        {
            var status = await people.GetAccountStatusAsync(driverId, ct);
            return status == "pending" ? "pending_verification" : status;
        }
        catch (RpcException)
        {
            // Whoever is known here was active when last seen, and Identity is away.
            return People.Active;
        }
    }
}
