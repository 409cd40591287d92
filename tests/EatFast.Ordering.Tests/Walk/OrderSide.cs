using EatFast.Errors;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Walk;

/// <summary>Ordering without its host: the order, its timers, and who hears of its changes.</summary>
internal sealed class OrderSide
{
    public static readonly CancellationPolicy Policy = new(TimeSpan.FromMinutes(5), 20);
    private static readonly string[] Actors =
        [ActorKind.Customer, ActorKind.Restaurant, ActorKind.Driver, ActorKind.Admin, ActorKind.Platform];
    private readonly List<OrderTimer> _timers = [];
    private readonly Action<OrderEvent> _announce;

    public OrderSide(string method, DateTimeOffset now, Action<OrderEvent> announce)
    {
        var card = new RestaurantCard("Chez Wou", "+237233000001", "Rue Joss", "douala", "Bonanjo", 4.05, 9.70);
        var seller = new Seller(Guid.NewGuid(), Guid.NewGuid(), card, World.FeeXaf, 0, 25);
        var address = new DeliveryAddress("12 rue de la Joie", "douala", null, null, null, 4.06, 9.71);
        var dish = new OrderItem
        {
            Position = 0,
            ItemId = Guid.NewGuid(),
            Name = "Ndolé",
            Quantity = 1,
            UnitPriceXaf = World.TotalXaf - World.FeeXaf,
            Customizations = []
        };
        var pricing = Pricing.Of([dish], 0, World.FeeXaf, new Charges(0, 0));
        Order = Order.Place(new OrderDraft("EF-1", Guid.NewGuid(), seller, [dish], pricing, address, method, null, 15), now);
        _announce = announce;
    }

    public Order Order { get; }

    public bool HasEnded => OrderStatus.IsStopped(Order.Status) || Order.Status == OrderStatus.Completed;

    public static Actor ActorOf(int choice) => new(Actors[choice % Actors.Length], Guid.NewGuid());

    /// <summary>Whatever is refused must leave no trace.</summary>
    public void Change(Action<Order> change)
    {
        var before = (Order.Version, Order.Status, Order.PaymentStatus, Order.DriverId);
        try
        {
            change(Order);
        }
        catch (RuleViolatedException refused)
        {
            Assert.True(before == (Order.Version, Order.Status, Order.PaymentStatus, Order.DriverId), $"{refused.Code} left a trace");
        }
        Announce();
    }

    public void Announce()
    {
        foreach (var change in Order.TakeChanges())
        {
            SetTimer(change);
            _announce(change);
        }
    }

    public void RunTimers(DateTimeOffset now)
    {
        foreach (var timer in _timers.FindAll(timer => timer.DoneAt is null && timer.DueAt <= now))
        {
            timer.Fire(Order, now);
            Announce();
        }
    }

    public void CheckHistory()
    {
        var status = OrderStatus.Pending;
        Assert.Equal(Enumerable.Range(1, Order.Version), Order.History.Select(line => line.Version));
        foreach (var line in Order.History)
        {
            var isStep = OrderStatus.All.Contains(line.Kind);
            Assert.True(isStep ? OrderTransitions.Allows(status, line.Kind, line.Actor) : line.Status == status, $"{status} > {line.Kind}");
            status = line.Status;
        }
        Assert.Equal(Order.Status, status);
    }

    private void SetTimer(OrderEvent change)
    {
        (string Kind, double Minutes)? timer = change.Kind switch
        {
            OrderEvent.Placed => (OrderTimer.PaymentDue, 15),
            OrderEvent.Released => (OrderTimer.RestaurantSilent, 10),
            OrderStatus.Delivered => (OrderTimer.Completion, 24 * 60),
            _ => null
        };
        if (timer is var (kind, minutes))
            _timers.Add(new OrderTimer { Id = Guid.NewGuid(), OrderId = Order.Id, Kind = kind, DueAt = change.At.AddMinutes(minutes) });
    }
}
