using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Ordering.Tests;
using EatFast.Payments.Contracts;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(OrderingSystem))]

namespace EatFast.Ordering.Tests;

/// <summary>An order in a test, and everybody around it.</summary>
public sealed record TestOrder(Guid Id, Guid CustomerId, Guid RestaurantId, Guid OwnerId, Guid DriverId);

/// <summary>The real Ordering service between a scripted Catalog and a scripted Delivery, which answer over real gRPC.</summary>
public sealed class OrderingSystem : TestSystem
{
    public HostedService<OrderingDbContext> Ordering { get; private set; } = null!;

    internal ScriptedCatalog Catalog { get; } = new();

    internal ScriptedDelivery Delivery { get; } = new();

    internal ScriptedPayments Payments { get; } = new();

    internal ScriptedIdentity Identity { get; } = new();

    internal SimulatedAnalytics Analytics { get; } = new();

    public const string OldKey = "the-encryption-key-of-last-year-0123456789";

    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["Security:RetiredEncryptionKeys:0"] = OldKey };

    protected override async Task HostAsync()
    {
        AddNeighbour("simulator", Analytics.Server.CreateHandler());
        AddNeighbour("identity", await ScriptedNeighbours.HostAsync(Identity, Tokens));
        AddNeighbour("catalog", await ScriptedNeighbours.HostAsync(Catalog));
        AddNeighbour("delivery", await ScriptedNeighbours.HostAsync(Delivery));
        AddNeighbour("payments", await ScriptedNeighbours.HostAsync(Payments));
        Ordering = await AddServiceAsync<OrderingDbContext>("ordering");
    }

    public HttpClient Customer(Guid id) => ClientOf("ordering", id);

    public HttpClient Owner(Guid id) => ClientOf("ordering", id, Roles.RestaurantOwner);

    public HttpClient Driver(Guid id) => ClientOf("ordering", id, Roles.DeliveryAgent);

    public HttpClient Admin() => ClientOf("ordering", Guid.NewGuid(), Roles.Admin);

    /// <summary>An order at the given stage, brought there by the same calls and messages as in life.</summary>
    public async Task<TestOrder> OrderAtAsync(string status, string? released = PaymentStatus.Paid)
    {
        var (restaurant, customer) = (Catalog.AddRestaurant(), Guid.NewGuid());
        var placed = await Customer(customer).PostAsJsonAsync("/api/v1/orders", Bodies.Order(restaurant.Id));
        var order = new TestOrder((await placed.DataAsync())["orderId"]!.GetValue<Guid>(), customer, restaurant.Id, restaurant.OwnerId, Guid.NewGuid());
        if (released is not null)
            await PayAsync(order, released);
        string[] kitchen = [OrderStatus.Confirmed, OrderStatus.Preparing, OrderStatus.Ready];
        foreach (var stage in kitchen.Where(stage => OrderStatus.HasReached(status, stage)))
            (await SetStatusAsync(Owner(order.OwnerId), order, stage)).EnsureSuccessStatusCode();
        if (OrderStatus.HasReached(status, OrderStatus.PickedUp))
            await ChangeAsync(order, found => found.FollowDriver(order.DriverId, status, Clock.GetUtcNow()));
        return order;
    }

    public Task PayAsync(TestOrder order, string paymentStatus = PaymentStatus.Paid)
    {
        var now = Clock.GetUtcNow();
        return paymentStatus == PaymentStatus.Paid
            ? Ordering.DeliverAsync(new PaymentSucceeded(Guid.NewGuid(), order.Id, "campay", 4_000, now))
            : Ordering.DeliverAsync(new PaymentAuthorized(Guid.NewGuid(), order.Id, "cash", 4_000, now));
    }

    /// <summary>A scheduled order's time has come.</summary>
    public async Task ReleaseScheduledAsync(TestOrder order)
    {
        await using var scope = Ordering.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingDbContext>();
        var found = await db.Orders.SingleAsync(candidate => candidate.Id == order.Id);
        found.ReleaseScheduled(Clock.GetUtcNow());
        scope.ServiceProvider.GetRequiredService<OrderJournal>().Record(found);
        await db.SaveChangesAsync();
    }

    public static Task<HttpResponseMessage> SetStatusAsync(HttpClient client, TestOrder order, string status, string? reason = null)
    {
        var body = new JsonObject { ["status"] = status };
        if (reason is not null)
            body["reason"] = reason;
        return client.PutAsJsonAsync($"/api/v1/orders/{order.Id}/status", body);
    }

    public Task<Order> LoadAsync(Guid orderId) =>
        Ordering.WithDbAsync(db => db.WholeOrders.AsNoTracking().SingleAsync(order => order.Id == orderId));

    public async Task<List<TEvent>> AnnouncedAsync<TEvent>(TestOrder order, Func<TEvent, Guid> orderId) =>
        (await Ordering.AnnouncedAsync<TEvent>()).FindAll(@event => orderId(@event) == order.Id);

    private Task<int> ChangeAsync(TestOrder order, Action<Order> change) => Ordering.WithDbAsync(async db =>
    {
        var found = await db.Orders.SingleAsync(candidate => candidate.Id == order.Id);
        change(found);
        return await db.SaveChangesAsync();
    });
}
