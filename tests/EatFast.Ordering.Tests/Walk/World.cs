using EatFast.Errors;
using EatFast.Ordering.Domain;
using EatFast.Payments.Domain;
using OrderMoney = EatFast.Ordering.Domain.PaymentStatus;
using PaymentMethods = EatFast.Payments.Domain.PaymentMethods;
using PaymentStatus = EatFast.Payments.Domain.PaymentStatus;

namespace EatFast.Ordering.Tests.Walk;

/// <summary>One order and everybody around it: the real domain objects of three services, wired as their features wire them.</summary>
internal sealed class World
{
    public const long TotalXaf = 5_500;
    public const long FeeXaf = 1_000;

    public World(bool isCash, bool keepsReferences = true)
    {
        Money = new MoneySide(this, new Provider(keepsReferences));
        Rides = new RideSide(this);
        Orders = new OrderSide(isCash ? PaymentMethods.Cash : PaymentMethods.CamPay, Now, Hear);
        Orders.Announce();
    }

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public Post Post { get; } = new();

    public OrderSide Orders { get; }

    public MoneySide Money { get; }

    public RideSide Rides { get; }

    public Order Order => Orders.Order;

    public static Payment PaymentOf(Order order, DateTimeOffset now) => Payment.Of(
        new OrderToPay(order.Id, order.OrderNumber, order.CustomerId, order.RestaurantId, TotalXaf, order.PaymentMethod), now);

    public void Do(Step step)
    {
        var (choice, luck) = (step.Choice / 8, step.Choice % 8);
        try
        {
            Act(step.Deed, choice, luck);
        }
        catch (RuleViolatedException)
        {
            // Somebody tried what the rules forbid; that nothing moved is checked below.
        }
        Orders.CheckHistory();
        Rides.CheckDrivers();
        Assert.All(Money.Ledger, entry => Assert.Equal(0, entry.Lines.Sum(line => line.AmountXaf)));
    }

    public void Wait(TimeSpan time) => Now += time;

    private void Act(Deed deed, int choice, int luck)
    {
        switch (deed)
        {
            case Deed.WaitMinutes: Wait(TimeSpan.FromMinutes(choice / 5)); break;
            case Deed.WaitHours: Wait(TimeSpan.FromHours(choice)); break;
            case Deed.DeliverMessage: Post.Deliver(choice); break;
            case Deed.DeliverCopy: Post.Deliver(choice, keepsCopy: true); break;
            case Deed.RunTimers: Orders.RunTimers(Now); break;
            case Deed.PayByPhone or Deed.PayCash: Money.Pay(deed == Deed.PayCash); break;
            case Deed.Send when Money.Unsent is { Count: > 0 } unsent: Money.Send(unsent[choice % unsent.Count], luck); break;
            case Deed.Decide: Money.Decide(choice, luck); break;
            case Deed.Webhook: Money.Provider.Tell(choice); break;
            case Deed.Poll when Money.Askable is { Count: > 0 } askable: Money.Ask(askable[choice % askable.Count]); break;
            case Deed.Accept: Rides.Accept(choice); break;
            case Deed.Ride: Rides.Advance(); break;
            case Deed.Watch: Watch(); break;
            default: Orders.Change(order => Act(order, deed, choice, luck)); break;
        }
    }

    private void Act(Order order, Deed deed, int choice, int luck)
    {
        // One in eight is somebody who has no business there.
        var restaurant = luck == 0 ? OrderSide.ActorOf(choice) : new Actor(ActorKind.Restaurant, Guid.NewGuid());
        switch (deed)
        {
            case Deed.Confirm: order.Confirm(restaurant, 20, Now); break;
            case Deed.Reject: order.Reject(restaurant, luck == 1 ? null : "closed", Now); break;
            case Deed.Cook: order.MoveTo(luck < 4 ? OrderStatus.Preparing : OrderStatus.Ready, restaurant, Now); break;
            case Deed.Cancel: order.Cancel(OrderSide.ActorOf(choice), null, null, OrderSide.Policy, Now); break;
            // Drivers do not come this way: their steps go through Delivery.
            case Deed.Misstep when luck % 4 != 2: order.MoveTo(OrderStatus.All[choice % 11], OrderSide.ActorOf(luck % 4), Now); break;
            case Deed.Rate: order.Rate(RatingOf(order), new Actor(ActorKind.Customer, order.CustomerId), Now); break;
        }
    }

    private OrderRating RatingOf(Order order) => new() { OrderId = order.Id, Rating = 5, RatedAt = Now };

    private void Hear(OrderEvent change)
    {
        switch (change.Kind)
        {
            case OrderEvent.Placed: Post.Send(Money.Open); break;
            case OrderStatus.Confirmed: Post.Send(Rides.Open); break;
            case OrderStatus.Ready: Post.Send(Rides.MarkReady); break;
            case OrderStatus.Delivered: Post.Send(() => Money.Settle(Order.DriverId)); break;
            case OrderStatus.Expired: Post.Send(() => Money.Stop(PaymentStatus.Expired)); break;
            case OrderStatus.Cancelled or OrderStatus.Rejected:
                Post.Send(() => Money.Stop(PaymentStatus.Cancelled));
                Post.Send(Rides.Cancel);
                break;
        }
    }

    // As the watchdog of Ordering does: says again what may have been missed, takes over what Payments knows.
    private void Watch()
    {
        if (OrderStatus.IsStopped(Order.Status))
            Post.Send(() => Money.Stop(Order.Status == OrderStatus.Expired ? PaymentStatus.Expired : PaymentStatus.Cancelled));
        else if (Order.Status is OrderStatus.Confirmed or OrderStatus.Preparing or OrderStatus.Ready)
            Post.Send(Rides.Open);
        else if (Order is { Status: OrderStatus.Pending, IsReleased: false } && Money.Payment is null)
            Post.Send(Money.Open);
        else if (Order is { Status: OrderStatus.Pending, IsReleased: false } && Money.Payment?.Status == PaymentStatus.Completed)
            Orders.Change(order => order.Release(OrderMoney.Paid, Money.Payment.Method, Now));
    }
}
