using System.Net.Http.Json;
using EatFast.Delivery.Domain;
using EatFast.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Tests.Features;

public sealed class StandDriverDownTests(DeliverySystem system)
{
    [Theory]
    [InlineData("suspended", DriverStatus.Offline)]
    [InlineData("inactive", DriverStatus.Offline)]
    [InlineData("active", DriverStatus.Online)]
    public async Task A_driver_whose_account_is_stopped_is_offered_nothing_more(string status, DriverStatus expected)
    {
        var driver = system.SomeDriver(out var id);
        await (await driver.PutAsJsonAsync("/api/v1/drivers/me/status", new { isOnline = true })).DataAsync();
        var changed = new UserStatusChanged(Guid.NewGuid(), id, "delivery_agent", status, "active", null, system.Clock.GetUtcNow());

        await system.Delivery.DeliverAsync(changed, Guid.NewGuid(), times: 2);

        Assert.Equal(expected, (await system.Delivery.WithDbAsync(db => db.Drivers.AsNoTracking().SingleAsync(row => row.Id == id))).Status);
    }

    [Fact]
    public async Task An_account_that_drives_for_nobody_changes_nothing() => await system.Delivery.DeliverAsync(
        new UserStatusChanged(Guid.NewGuid(), Guid.NewGuid(), "customer", "suspended", "active", null, system.Clock.GetUtcNow()));
}
