using System.Text.Json.Nodes;
using EatFast.Testing;

namespace EatFast.Journeys;

/// <summary>One order with all its people, step by step as the contract lists them.</summary>
public sealed class Journey(RunningSystem system) : IAsyncDisposable
{
    public Person Customer { get; private set; } = null!;
    public Person Owner { get; private set; } = null!;
    public Person Driver { get; private set; } = null!;
    public Guid OrderId { get; private set; }
    public JsonNode Order { get; private set; } = null!;
    private JsonNode _restaurant = null!;

    public async Task GatherAsync()
    {
        Customer = await Person.RegisterAsync(system);
        Owner = await Person.SignInAsync(system, "owner@eatfast.local");
        Driver = await Person.SignInAsync(system, "driver@eatfast.local");
        await Customer.ListenAsync();
        await Owner.ListenAsync();
        var near = await Customer.GetAsync("/api/v1/restaurants?city=douala&lat=4.0486&lng=9.6983&sort=distance");
        _restaurant = near["restaurants"]![0]!;
    }

    public async Task PlaceAsync(string method = "campay", int quantity = 2)
    {
        var menu = await Customer.GetAsync($"/api/v1/restaurants/{_restaurant["id"]}/menu");
        var item = menu["menu"]!.AsArray().First(candidate => (bool)candidate!["isAvailable"]!)!;
        Order = await Customer.PostAsync("/api/v1/orders", new
        {
            restaurantId = (string)_restaurant["id"]!,
            items = new[] { new { itemId = (string)item["id"]!, quantity } },
            deliveryAddress = new { street = "Rue Joss 12", city = "douala", coordinates = new { latitude = 4.0500, longitude = 9.7000 }, instructions = "Portail bleu" },
            paymentMethod = method
        });
        OrderId = Guid.Parse((string)Order["orderId"]!);
    }

    public async Task PlaceAsGuestAsync(Person guest, string phone)
    {
        var menu = await guest.GetAsync($"/api/v1/guest/restaurants/{_restaurant["id"]}/menu");
        var item = menu["menu"]!.AsArray().First(candidate => (bool)candidate!["isAvailable"]!)!;
        Order = await guest.PostAsync("/api/v1/guest/orders", new
        {
            restaurantId = (string)_restaurant["id"]!,
            items = new[] { new { menuId = (string)item["id"]!, quantity = 2 } },
            deliveryAddress = "Rue Joss 12, Douala",
            deliveryCoordinates = new { lat = 4.0500, lng = 9.7000 },
            guestName = "Awa Ngono",
            guestPhone = phone,
            paymentMethod = "cash"
        });
        OrderId = Guid.Parse((string)Order["orderId"]!);
    }

    public async Task UntilShownToOwner() => await Eventually.AsTrue(
        async () => (await Owner.GetAsync("/api/v1/restaurant/orders/current"))["orders"]!.AsArray()
            .Any(order => (string?)order!["orderId"] == OrderId.ToString()), "the kitchen sees the order");

    public async Task PayAsync()
    {
        var payment = await Customer.PostAsync("/api/v1/payments/process", new { orderId = OrderId, method = "campay", phone = "+237677777777" });
        var path = $"/api/v1/payments/status/{payment["paymentId"]}";
        await Eventually.AsTrue(async () => (string?)(await Customer.GetAsync(path))["status"] == "completed", "the payment is completed");
        await UntilOrder(order => (string?)order["paymentStatus"] == "paid", "the order is paid");
    }

    public async Task CookAsync()
    {
        await SetStatus(new { status = "confirmed", estimatedPreparationTime = 20 });
        await SetStatus(new { status = "preparing" });
        await SetStatus(new { status = "ready" });
    }

    public Task SetStatus(object body) => Owner.PutAsync($"/api/v1/orders/{OrderId}/status", body);

    public async Task AcceptAsync()
    {
        await Driver.PutAsync("/api/v1/drivers/me/status", new { status = "online", latitude = 4.0490, longitude = 9.6990 });
        await Eventually.AsTrue(async () => (await Driver.GetAsync("/api/v1/drivers/me/orders/available"))["orders"]!.AsArray()
            .Any(order => (string?)order!["orderId"] == OrderId.ToString()), "the order is offered to the driver");
        await Driver.PostAsync($"/api/v1/drivers/me/orders/{OrderId}/accept");
        await Driver.PostAsync("/api/v1/drivers/me/location", new { latitude = 4.0495, longitude = 9.6995 });
    }

    public async Task DeliverAsync()
    {
        await HandOverAsync((string)(await Customer.GetAsync($"/api/v1/orders/{OrderId}"))["dropCode"]!);
        await UntilOrder(order => (string?)order["status"] == "delivered", "the order is delivered");
    }

    public async Task DeliverToGuestAsync(Person guest)
    {
        var path = $"/api/v1/guest/orders/{OrderId}/tracking";
        await HandOverAsync((string)(await guest.GetAsync(path))["dropCode"]!);
        await Eventually.AsTrue(async () => (string?)(await guest.GetAsync(path))["status"] == "delivered", "the order is delivered");
    }

    private async Task HandOverAsync(string dropCode)
    {
        var pickupCode = (string)(await Owner.GetAsync($"/api/v1/orders/{OrderId}"))["pickupCode"]!;
        var path = $"/api/v1/drivers/me/deliveries/{OrderId}/status";
        await Driver.PutAsync(path, new { status = "picked_up", code = pickupCode });
        await Driver.PutAsync(path, new { status = "delivering" });
        await Driver.PutAsync(path, new { status = "delivered", code = dropCode });
    }

    public async Task UntilOrder(Func<JsonNode, bool> condition, string expectation) =>
        await Eventually.AsTrue(async () => condition(await Customer.GetAsync($"/api/v1/orders/{OrderId}")), expectation);

    public async ValueTask DisposeAsync()
    {
        foreach (var person in new[] { Customer, Owner, Driver })
            await person.DisposeAsync();
    }
}
