using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using EatFast.Delivery.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EatFast.Delivery.Tests.Features;

public sealed class ReportPositionTests(DeliverySystem system)
{
    private const string Location = "/api/v1/drivers/me/location";

    [Fact]
    public async Task A_position_during_a_ride_is_live_and_on_the_trail()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();
        var driverId = (await system.FindAsync(orderId))!.DriverId!.Value;
        var heard = await ListenAsync(driverId);

        var answer = await driver.PostAsJsonAsync(Location, new { latitude = 4.0511, longitude = 9.7005, speed = 7.5, bearing = 90 });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var message = await heard.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((orderId, 4.0511, 9.7005), (
            message.GetProperty("orderId").GetGuid(),
            message.GetProperty("latitude").GetDouble(),
            message.GetProperty("longitude").GetDouble()));
        var seen = await (await driver.GetAsync($"/api/v1/deliveries/{orderId}")).DataAsync();
        Assert.Equal(4.0511, seen.GetProperty("trail")[0].GetProperty("latitude").GetDouble());
        Assert.NotNull(await Redis.GetDatabase().GeoPositionAsync(LivePositions.GeoSet, driverId.ToString()));
    }

    [Fact]
    public async Task A_batch_from_a_tunnel_is_sorted_and_thinned()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();
        system.Clock.Advance(TimeSpan.FromSeconds(60));
        var now = system.Clock.GetUtcNow();
        var positions = Enumerable.Range(0, 60)
            .Select(age => new { latitude = 4.05, longitude = 9.7, recordedAt = now.AddSeconds(-age) });

        var data = await (await driver.PostAsJsonAsync(Location, new { positions })).DataAsync();

        Assert.Equal((60, 60), (data.GetProperty("received").GetInt32(), data.GetProperty("accepted").GetInt32()));
        var delivery = await system.FindAsync(orderId);
        var kept = await system.Delivery.WithDbAsync(db => db.TrailPoints.CountAsync(point => point.DeliveryId == delivery!.Id));
        Assert.Equal(4, kept);
    }

    [Fact]
    public async Task Positions_that_come_late_or_repeat_a_sequence_are_dropped()
    {
        var (driver, orderId) = await system.AnAcceptedDeliveryAsync();
        var now = system.Clock.GetUtcNow();

        Assert.Equal(1, await AcceptedAsync(driver, new { latitude = 4.06, longitude = 9.7, sequence = 7 }));
        Assert.Equal(0, await AcceptedAsync(driver, new { latitude = 4.01, longitude = 9.7, recordedAt = now.AddSeconds(-30) }));
        Assert.Equal(0, await AcceptedAsync(driver, new { latitude = 4.02, longitude = 9.7, sequence = 7 }));
        Assert.Equal(0, await AcceptedAsync(driver, new { latitude = 4.03, longitude = 9.7, sequence = 6 }));

        var driverId = (await system.FindAsync(orderId))!.DriverId;
        Assert.Equal(4.06, (await system.Delivery.WithDbAsync(db => db.Drivers.SingleAsync(d => d.Id == driverId))).Latitude);
    }

    [Fact]
    public async Task A_phone_that_reports_whole_seconds_is_not_late()
    {
        var driver = await system.ADriverOnlineAsync(system.SomewhereElse());
        var second = system.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

        Assert.Equal(1, await AcceptedAsync(driver, new { latitude = 4.06, longitude = 9.7, recordedAt = second }));
    }

    [Fact]
    public async Task A_driver_who_is_offline_is_not_followed()
    {
        var driver = await system.ADriverOnlineAsync(system.SomewhereElse());
        await driver.PutAsJsonAsync("/api/v1/drivers/me/status", new { isOnline = false });

        Assert.Equal(0, await AcceptedAsync(driver, new { latitude = 4.06, longitude = 9.7 }));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"latitude":4.05}""")]
    [InlineData("""{"latitude":90.1,"longitude":9.7}""")]
    [InlineData("""{"latitude":4.05,"longitude":-180.1}""")]
    [InlineData("""{"latitude":"4.05","longitude":9.7}""")]
    [InlineData("""{"latitude":4.05,"longitude":9.7,"accuracy":-1}""")]
    [InlineData("""{"latitude":4.05,"longitude":9.7,"sequence":-1}""")]
    [InlineData("""{"latitude":4.05,"longitude":9.7,"sequence":9223372036854775808}""")]
    [InlineData("""{"latitude":4.05,"longitude":9.7,"recordedAt":"2999-01-01T00:00:00Z"}""")]
    [InlineData("""{"latitude":4.05,"longitude":9.7,"recordedAt":"yesterday"}""")]
    [InlineData("""{"latitude":4.05,"longitude":9.7,"driverId":"x"}""")]
    [InlineData("""{"positions":[]}""")]
    [InlineData("""{"positions":[null]}""")]
    [InlineData("""{"positions":[{"latitude":4.05}]}""")]
    [InlineData("""{"positions":[{"latitude":4.05,"longitude":200}]}""")]
    [InlineData("""{"positions":[{"latitude":4.05,"longitude":9.7,"recordedAt":"2999-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"latitude":4.05,"longitude":9.7,"positions":[{"latitude":4.05,"longitude":9.7}]}""")]
    public async Task A_wrong_position_is_refused(string body)
    {
        var driver = system.SomeDriver(out _);

        var answer = await driver.PostAsync(Location, new StringContent(body, Encoding.UTF8, "application/json"));

        await answer.AssertRefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task More_than_a_hundred_positions_at_once_are_refused()
    {
        var positions = Enumerable.Repeat(new { latitude = 4.05, longitude = 9.7 }, 101);

        var answer = await system.SomeDriver(out _).PostAsJsonAsync(Location, new { positions });

        await answer.AssertRefusedAsync(400, "VALIDATION_ERROR");
    }

    private IConnectionMultiplexer Redis => system.Delivery.Services.GetRequiredService<IConnectionMultiplexer>();

    private static async Task<int> AcceptedAsync(HttpClient driver, object position) =>
        (await (await driver.PostAsJsonAsync(Location, position)).DataAsync()).GetProperty("accepted").GetInt32();

    private async Task<ChannelReader<JsonElement>> ListenAsync(Guid driverId)
    {
        var heard = Channel.CreateUnbounded<JsonElement>();
        await Redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(LivePositions.Channel), (_, value) =>
        {
            var message = JsonDocument.Parse((string)value!).RootElement;
            if (message.GetProperty("driverId").GetGuid() == driverId)
                heard.Writer.TryWrite(message);
        });
        return heard.Reader;
    }
}
