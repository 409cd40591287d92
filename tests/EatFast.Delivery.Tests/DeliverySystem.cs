using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Contracts.V1;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using DeliveryRow = EatFast.Delivery.Domain.Delivery;

[assembly: AssemblyFixture(typeof(EatFast.Delivery.Tests.DeliverySystem))]

namespace EatFast.Delivery.Tests;

/// <summary>Delivery with scripted neighbours; each test works with orders and drivers of its own, far from those of others.</summary>
public class DeliverySystem : TestSystem
{
    private int _places;

    public Neighbours Neighbours { get; } = new();

    public HostedService<DeliveryDbContext> Delivery { get; private set; } = null!;

    protected override async Task HostAsync()
    {
        AddNeighbour("identity", await Neighbours.StartIdentityAsync(Neighbours, Tokens));
        AddNeighbour("ordering", await Neighbours.StartOrderingAsync(Neighbours));
        AddNeighbour("payments", await Neighbours.StartPaymentsAsync(Neighbours));
        Delivery = await AddServiceAsync<DeliveryDbContext>("delivery");
    }

    /// <summary>A place with no other test's restaurant or driver within fifty kilometres.</summary>
    internal GeoPoint SomewhereElse() => new(4.05 + 0.5 * Interlocked.Increment(ref _places), 9.7);

    internal HttpClient SomeDriver(out Guid driverId)
    {
        driverId = Guid.CreateVersion7(Clock.GetUtcNow());
        return ClientOf("delivery", driverId, Roles.DeliveryAgent);
    }

    internal async Task<HttpClient> ADriverOnlineAsync(GeoPoint at)
    {
        var driver = SomeDriver(out _);
        var answer = await driver.PutAsJsonAsync("/api/v1/drivers/me/status", new { status = "online", at.Latitude, at.Longitude });
        answer.EnsureSuccessStatusCode();
        return driver;
    }

    /// <summary>An order that Ordering knows, not yet heard of by Delivery.</summary>
    internal Order AnOrder(GeoPoint? restaurant = null, string paymentMethod = "campay", string status = "confirmed")
    {
        var at = restaurant ?? SomewhereElse();
        var order = new Order
        {
            OrderId = Guid.CreateVersion7(Clock.GetUtcNow()).ToString(),
            OrderNumber = "EF-261122-7K3Q",
            Status = status,
            PaymentStatus = "paid",
            PaymentMethod = paymentMethod,
            CustomerId = Guid.NewGuid().ToString(),
            RestaurantId = Guid.NewGuid().ToString(),
            RestaurantName = "Chez Marthe",
            RestaurantPhone = "+237699111222",
            RestaurantAddress = "Rue Joffre, Akwa",
            RestaurantLatitude = at.Latitude,
            RestaurantLongitude = at.Longitude,
            DeliveryAddress = "Rue Koloko, Bonapriso",
            DeliveryInstructions = "Portail bleu",
            DeliveryLatitude = at.Latitude + 0.02,
            DeliveryLongitude = at.Longitude + 0.01,
            TotalXaf = 8500,
            DeliveryFeeXaf = 1000,
            PreparationMinutes = 20,
            PickupCode = "1234",
            DropCode = "9876",
            CreatedAt = Clock.GetUtcNow().ToString("O"),
            Lines = { new Order.Types.Line { ItemId = Guid.NewGuid().ToString(), Name = "Ndolé", Quantity = 2, UnitPriceXaf = 3500 } }
        };
        Neighbours.Orders[order.OrderId] = order;
        return order;
    }

    /// <summary>An order that the restaurant has confirmed, so drivers may take it.</summary>
    internal async Task<Guid> AnOfferAsync(GeoPoint? restaurant = null, string paymentMethod = "campay")
    {
        var order = AnOrder(restaurant, paymentMethod);
        await Delivery.DeliverAsync(Confirmed(order));
        return Guid.Parse(order.OrderId);
    }

    /// <summary>A driver with an accepted delivery.</summary>
    internal async Task<(HttpClient Driver, Guid OrderId)> AnAcceptedDeliveryAsync(string paymentMethod = "campay")
    {
        var place = SomewhereElse();
        var orderId = await AnOfferAsync(place, paymentMethod);
        var driver = await ADriverOnlineAsync(place);
        (await driver.PostAsync($"/api/v1/drivers/me/orders/{orderId}/accept", null)).EnsureSuccessStatusCode();
        return (driver, orderId);
    }

    internal OrderConfirmed Confirmed(Order order) => new(
        Guid.Parse(order.OrderId), order.OrderNumber, Guid.Parse(order.CustomerId), Guid.NewGuid(), Guid.NewGuid(), 20, 3,
        Clock.GetUtcNow());

    internal OrderReady Ready(Guid orderId) => new(orderId, "EF-1", Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), 5, Clock.GetUtcNow());

    internal OrderCancelled Cancelled(Guid orderId) =>
        new(orderId, "EF-1", Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "customer_request", 6, Clock.GetUtcNow());

    internal Task<DeliveryRow?> FindAsync(Guid orderId) =>
        Delivery.WithDbAsync(db => db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.OrderId == orderId));
}

/// <summary>Reads the contract's envelope and its failures.</summary>
internal static class Answers
{
    public static async Task<JsonElement> DataAsync(this HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement.GetProperty("data");
    }

    public static async Task AssertRefusedAsync(this HttpResponseMessage answer, int status, string code)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status && body.Contains($"\"error_code\":\"{code}\""), $"{(int)answer.StatusCode}: {body}");
    }

    public static Task<HttpResponseMessage> MoveAsync(this HttpClient driver, Guid id, string status, string? code = null) =>
        driver.PutAsJsonAsync($"/api/v1/drivers/me/deliveries/{id}/status", new { status, code });
}
