using EatFast.Errors;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Domain;

public sealed class OrderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);
    private static readonly CancellationPolicy Policy = new(Grace, 20);
    private static readonly Actor Customer = new(ActorKind.Customer, Guid.NewGuid());
    private static readonly Actor Restaurant = new(ActorKind.Restaurant, Guid.NewGuid());

    [Fact]
    public void Every_change_makes_one_version_and_one_line_of_history()
    {
        var order = ConfirmedOrder();

        order.FollowDriver(Guid.NewGuid(), OrderStatus.Delivered, Noon);

        Assert.Equal(8, order.Version);
        Assert.Equal(Enumerable.Range(1, 8), order.History.Select(change => change.Version));
        Assert.Equal(order.History, order.TakeChanges());
        Assert.Empty(order.TakeChanges());
    }

    [Fact]
    public void Stages_walked_at_once_have_rising_times()
    {
        var order = ConfirmedOrder();

        order.FollowDriver(Guid.NewGuid(), OrderStatus.Delivered, Noon.AddMinutes(30));

        var times = order.History.Skip(3).Select(change => change.At).ToList();
        Assert.Equal(times.Distinct().Order(), times);
    }

    [Fact]
    public void Cancelling_is_free_for_five_minutes_after_the_confirmation_and_costs_a_fifth_later()
    {
        var (inTime, late, admins) = (ConfirmedOrder(), ConfirmedOrder(), ConfirmedOrder());

        inTime.Cancel(Customer, null, null, Policy, Noon + Grace);
        late.Cancel(Customer, null, null, Policy, Noon + Grace + TimeSpan.FromTicks(1));
        admins.Cancel(new Actor(ActorKind.Admin, null), null, null, Policy, Noon.AddHours(1));

        Assert.Equal("customer_request", inTime.History[^1].Reason);
        Assert.Equal((0, 20, 0), (inTime.CancellationFeePercent, late.CancellationFeePercent, admins.CancellationFeePercent));
    }

    [Fact]
    public void Once_the_food_is_ready_a_customer_cannot_cancel()
    {
        var order = ConfirmedOrder();
        order.MoveTo(OrderStatus.Preparing, Restaurant, Noon);
        order.MoveTo(OrderStatus.Ready, Restaurant, Noon);

        var refused = Assert.Throws<RuleViolatedException>(() => order.Cancel(Customer, null, null, Policy, Noon));

        Assert.Equal("ORDER_NOT_CANCELLABLE", refused.Code);
    }

    [Fact]
    public void The_expected_time_moves_with_the_kitchens_word()
    {
        var order = ConfirmedOrder(preparationMinutes: 45);

        Assert.Equal(Noon.AddMinutes(45 + 15), order.EstimatedDeliveryAt);
    }

    [Fact]
    public void A_late_authorization_does_not_undo_a_payment()
    {
        var order = ConfirmedOrder();

        order.Release(PaymentStatus.Authorized, "cash", Noon);
        order.NotePaymentFailure("late", Noon);

        Assert.Equal((PaymentStatus.Paid, 3), (order.PaymentStatus, order.Version));
    }

    [Fact]
    public void A_driver_cannot_collect_what_the_restaurant_has_not_taken()
    {
        var order = PlacedOrder();

        var refused = Assert.Throws<RuleViolatedException>(() => order.FollowDriver(Guid.NewGuid(), OrderStatus.PickedUp, Noon));

        Assert.Equal((OrderStatus.Pending, "INSUFFICIENT_PERMISSIONS"), (order.Status, refused.Code));
    }

    private static Order ConfirmedOrder(int preparationMinutes = 20)
    {
        var order = PlacedOrder();
        order.Release(PaymentStatus.Paid, "campay", Noon);
        order.Confirm(Restaurant, preparationMinutes, Noon);
        return order;
    }

    private static Order PlacedOrder()
    {
        var card = new RestaurantCard("Chez Wou", "+237233000001", "Rue Joss", "douala", "Bonanjo", 4.05, 9.70);
        var seller = new Seller(Guid.NewGuid(), Guid.NewGuid(), card, 1_000, 0, 25);
        var address = new DeliveryAddress("12 rue de la Joie", "douala", null, null, null, 4.06, 9.71);
        var pricing = Pricing.Of([], 0, 1_000, new Charges(0, 0));
        return Order.Place(new OrderDraft("EF-1", Customer.Id!.Value, seller, [], pricing, address, "campay", null, 15), Noon);
    }
}
