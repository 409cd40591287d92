using System.Net;
using EatFast.Delivery.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class GetOrderTests(OrderingSystem system)
{
    [Fact]
    public async Task Each_side_sees_only_its_own_code()
    {
        var order = await system.OrderAtAsync("confirmed");
        var url = $"/api/v1/orders/{order.Id}";
        await system.Ordering.DeliverAsync(new DeliveryAssigned(Guid.NewGuid(), order.Id, order.DriverId, system.Clock.GetUtcNow()));

        var customer = await (await system.Customer(order.CustomerId).GetAsync(url)).DataAsync();
        var owner = await (await system.Owner(order.OwnerId).GetAsync(url)).DataAsync();
        var driver = await (await system.Driver(order.DriverId).GetAsync(url)).DataAsync();
        var admin = await (await system.Admin().GetAsync(url)).DataAsync();

        Assert.Equal((true, false), (customer["dropCode"] is not null, customer["pickupCode"] is not null));
        Assert.Equal((false, true), (owner["dropCode"] is not null, owner["pickupCode"] is not null));
        Assert.Equal((false, false), (driver["dropCode"] is not null, driver["pickupCode"] is not null));
        Assert.Equal((false, false), (admin["dropCode"] is not null, admin["pickupCode"] is not null));
        Assert.Equal(order.DriverId, (Guid)customer["delivery"]!["driverId"]!);
    }

    [Fact]
    public async Task To_others_the_order_does_not_exist()
    {
        var order = await system.OrderAtAsync("confirmed");
        HttpClient[] others = [system.Customer(Guid.NewGuid()), system.Owner(Guid.NewGuid()), system.Driver(Guid.NewGuid())];

        foreach (var other in others)
        {
            var response = await other.GetAsync($"/api/v1/orders/{order.Id}");
            await response.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
        }
    }

    [Fact]
    public async Task An_id_that_is_none_is_not_found()
    {
        var response = await system.Customer(Guid.NewGuid()).GetAsync("/api/v1/orders/42");

        await response.AssertRefusedAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task The_timeline_speaks_the_readers_language()
    {
        var order = await system.OrderAtAsync("confirmed");
        var english = system.Customer(order.CustomerId);
        english.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var inFrench = await (await system.Customer(order.CustomerId).GetAsync($"/api/v1/orders/{order.Id}")).DataAsync();
        var inEnglish = await (await english.GetAsync($"/api/v1/orders/{order.Id}")).DataAsync();

        Assert.Equal("Le restaurant a accepté la commande.", (string?)inFrench["timeline"]![2]!["description"]);
        Assert.Equal("The restaurant accepted the order.", (string?)inEnglish["timeline"]![2]!["description"]);
    }
}
