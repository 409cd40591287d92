using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery;

/// <summary>The two drivers of the demo accounts, offline until they sign in and say otherwise.</summary>
internal static class DemoData
{
    public static async Task SeedAsync(DeliveryDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var drivers = new[]
        {
            Driver.Register(DemoAccounts.Driver, "Blaise Ngono", "+237699000002", now),
            Driver.Register(DemoAccounts.Driver2, "Aïcha Mbarga", "+237699000003", now)
        };
        foreach (var driver in drivers)
            if (!await db.Drivers.AnyAsync(known => known.Id == driver.Id, ct))
                db.Add(driver);
        await db.SaveChangesAsync(ct);
    }
}
