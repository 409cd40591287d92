using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using EatFast.Delivery.Data;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Delivery.Tests.Features;

/// <summary>Delivery with nobody at the address of Redis.</summary>
public sealed class SystemWithoutRedis : TestSystem
{
    internal HostedService<DeliveryDbContext> Delivery { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["ConnectionStrings:redis"] = "127.0.0.1:1" };

    protected override async Task HostAsync()
    {
        AddNeighbour("identity", await Neighbours.StartIdentityAsync(new Neighbours(), Tokens));
        Delivery = await AddServiceAsync<DeliveryDbContext>("delivery");
    }
}

public sealed class OutageTests(SystemWithoutRedis system) : IClassFixture<SystemWithoutRedis>
{
    [Fact]
    public async Task Without_redis_positions_are_still_taken_and_kept()
    {
        var driverId = Guid.NewGuid();
        var driver = system.ClientOf("delivery", driverId, Roles.DeliveryAgent);
        var online = await driver.PutAsJsonAsync("/api/v1/drivers/me/status", new { status = "online", latitude = 4.0, longitude = 9.7 });
        online.EnsureSuccessStatusCode();
        var watch = Stopwatch.StartNew();

        var answer = await driver.PostAsJsonAsync("/api/v1/drivers/me/location", new { latitude = 4.05, longitude = 9.7 });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        Assert.Equal(4.05, (await system.Delivery.WithDbAsync(db => db.Drivers.SingleAsync(d => d.Id == driverId))).Latitude);
    }

    [Fact]
    public async Task Without_redis_the_service_is_healthy() =>
        Assert.Equal(HttpStatusCode.OK, (await system.ClientOf("delivery").GetAsync("/health")).StatusCode);
}
