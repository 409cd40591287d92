using EatFast.Delivery.Domain;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Walk;

/// <summary>Delivery without its host: the ride, two drivers, and what Ordering and Payments are told of it.</summary>
internal sealed class RideSide
{
    private readonly World _world;
    private readonly Driver[] _drivers;

    public RideSide(World world)
    {
        _world = world;
        _drivers = [Driver.Register(Guid.NewGuid(), "Blaise", "", world.Now), Driver.Register(Guid.NewGuid(), "Aïcha", "", world.Now)];
        foreach (var driver in _drivers)
            driver.GoOnline(world.Now);
    }

    public Delivery.Domain.Delivery? Ride { get; private set; }

    /// <summary>What drivers really took at the door.</summary>
    public long CashTakenXaf { get; private set; }

    public void Open()
    {
        if (Ride is not null || _world.Order.Status is not (OrderStatus.Confirmed or OrderStatus.Preparing or OrderStatus.Ready))
            return;
        var copy = new OrderToDeliver { OrderId = _world.Order.Id, PaymentMethod = _world.Order.PaymentMethod, TotalXaf = World.TotalXaf };
        Ride = Delivery.Domain.Delivery.Open(copy, new Trip(3_000, 15), _world.Now);
    }

    public void MarkReady()
    {
        Open();
        Ride?.MarkReady(_world.Now);
    }

    public void Cancel()
    {
        if (Ride is null)
            Ride = Delivery.Domain.Delivery.StoppedBeforeOpening(_world.Order.Id, _world.Now);
        else if (Ride.Cancel(_world.Now) && Ride.DriverId is { } driverId)
            Find(driverId).Release(_world.Now);
    }

    public void Accept(int choice)
    {
        if (Ride is null)
            return;
        var driver = _drivers[choice % _drivers.Length];
        Ride.AssignTo(driver, _world.Now);
        Tell(order => order.AssignDriver(driver.Id, _world.Now));
    }

    public void Advance()
    {
        if (Ride is not { DriverId: { } driverId } ride || Next(ride.Status) is not { } next)
            return;
        ride.Advance(next, _world.Now);
        if (next == DeliveryStatus.PickedUp)
            Tell(order => order.FollowDriver(driverId, OrderStatus.PickedUp, _world.Now));
        else if (next == DeliveryStatus.Delivering)
            Tell(order => order.FollowDriver(driverId, OrderStatus.InTransit, _world.Now));
        else
            HandOver(ride, driverId);
    }

    public void CheckDrivers()
    {
        var busy = _drivers.Where(driver => driver.Status == DriverStatus.Busy).Select(driver => driver.Id);
        Guid[] bound = Ride is { DriverId: { } driverId } ride && ride.Status.IsActive() ? [driverId] : [];
        Assert.Equal(bound, busy);
    }

    private void HandOver(Delivery.Domain.Delivery ride, Guid driverId)
    {
        Find(driverId).CompleteJob(_world.Now);
        if (ride.Order.IsCash)
        {
            CashTakenXaf += World.TotalXaf;
            _world.Post.Send(() => _world.Money.TakeCash(driverId));
        }
        Tell(order => order.FollowDriver(driverId, OrderStatus.Delivered, _world.Now));
    }

    private static DeliveryStatus? Next(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Assigned => DeliveryStatus.PickedUp,
        DeliveryStatus.PickedUp => DeliveryStatus.Delivering,
        DeliveryStatus.Delivering => DeliveryStatus.Delivered,
        _ => null
    };

    private Driver Find(Guid driverId) => Array.Find(_drivers, driver => driver.Id == driverId)!;

    private void Tell(Action<Order> change) => _world.Post.Send(() => _world.Orders.Change(change));
}
