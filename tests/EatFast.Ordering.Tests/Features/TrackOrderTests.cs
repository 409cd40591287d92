using System.Net;
using EatFast.Delivery.Contracts.V1;

namespace EatFast.Ordering.Tests.Features;

public sealed class TrackOrderTests(OrderingSystem system)
{
    [Theory]
    [InlineData("tracking")]
    [InlineData("track")]
    public async Task The_driver_and_the_position_come_from_delivery(string route)
    {
        var order = await system.OrderAtAsync("confirmed");
        system.Delivery.Tracked[order.Id] = new GetTrackingReply
        {
            Status = "delivering",
            DriverId = order.DriverId.ToString(),
            DriverName = "Awa",
            DriverPhone = "+237677000000",
            EtaMinutes = 7,
            Position = new() { Latitude = 4.07, Longitude = 9.72, UpdatedAt = "2026-11-22T10:00:00Z" }
        };

        var tracked = await (await system.Customer(order.CustomerId).GetAsync($"/api/v1/orders/{order.Id}/{route}")).DataAsync();

        Assert.Equal((order.DriverId, "Awa", 7), ((Guid)tracked["driver"]!["id"]!, (string?)tracked["driver"]!["name"], (int)tracked["etaMinutes"]!));
        Assert.Equal((4.07, 9.72), ((double)tracked["driver"]!["location"]!["latitude"]!, (double)tracked["driver"]!["location"]!["lng"]!));
        Assert.Equal(3, tracked["timeline"]!.AsArray().Count);
    }

    [Fact]
    public async Task While_delivery_is_down_the_order_is_still_shown()
    {
        var order = await system.OrderAtAsync("confirmed");
        system.Delivery.Down[order.Id] = true;

        var tracked = await (await system.Customer(order.CustomerId).GetAsync($"/api/v1/orders/{order.Id}/tracking")).DataAsync();

        Assert.Equal("confirmed", (string?)tracked["status"]);
        Assert.Null(tracked["driver"]);
        Assert.InRange((int)tracked["etaMinutes"]!, 30, 35);
    }

    [Fact]
    public async Task A_strangers_order_cannot_be_followed()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        var response = await system.Customer(Guid.NewGuid()).GetAsync($"/api/v1/orders/{order.Id}/tracking");

        await response.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
    }
}
