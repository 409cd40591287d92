using EatFast.Catalog.Contracts;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Features;

/// <summary>What an order owes to whom is fixed when it is heard of: its restaurant's rate, and whether there is anything to pay at all.</summary>
public sealed class OrderTermsTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_restaurants_own_rate_holds_for_the_orders_that_follow_it()
    {
        var (before, _) = await system.APaidOrderAsync();
        await system.Payments.DeliverAsync(Changed(before.RestaurantId, 20, version: 3), times: 2);
        await system.Payments.DeliverAsync(Changed(before.RestaurantId, 2, version: 2));
        var after = await AnOrderLikeAsync(before);

        await system.Payments.DeliverAsync(Delivered(before, Guid.NewGuid()));
        await system.Payments.DeliverAsync(Delivered(after, Guid.NewGuid()));

        Assert.Equal(-675, await CommissionAsync(before));
        Assert.Equal(-900, await CommissionAsync(after));
    }

    [Fact]
    public async Task A_late_cancellation_is_shared_by_the_same_rate()
    {
        var known = system.AnOrder();
        await system.Payments.DeliverAsync(Changed(known.RestaurantId, 30, version: 1));
        var order = await AnOrderLikeAsync(known, totalXaf: 10_000);

        await system.Payments.DeliverAsync(new OrderCancelled(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt, 20));

        Assert.Equal(-600, await CommissionAsync(order));
    }

    [Fact]
    public async Task Cash_at_the_counter_stays_with_the_restaurant_which_owes_the_commission()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);
        system.Orders.Known[$"{order.OrderId}"].DeliveryFeeXaf = 0;

        await system.Payments.DeliverAsync(Delivered(order, driverId: null), times: 2);
        await system.Payments.DeliverAsync(Delivered(order, driverId: null));

        var payment = await system.PaymentOfAsync(order.OrderId);
        Assert.Equal(PaymentStatus.Completed, payment.Status);
        Assert.Equal(-825, await system.WalletAsync(order.RestaurantId, Accounts.RestaurantPayable));
        Assert.Equal(0, await system.WalletAsync(order.RestaurantOwnerId, Accounts.CashFloat));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment.Id));
        Assert.Empty(await system.EventsAsync<DriverCashMoved>(moved => moved.DriverId == order.RestaurantOwnerId));
    }

    [Theory]
    [InlineData(PaymentMethods.CamPay)]
    [InlineData(PaymentMethods.Cash)]
    public async Task What_costs_nothing_is_paid_at_once(string method)
    {
        var order = AFreeOrder(method);

        await system.Payments.DeliverAsync(order, times: 2);

        Assert.Equal(PaymentStatus.Completed, (await system.PaymentOfAsync(order.OrderId)).Status);
        Assert.Equal(0, Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId)).AmountXaf);
    }

    [Fact]
    public async Task Paying_for_nothing_is_answered_as_paid_and_settled_without_an_empty_booking()
    {
        var order = AFreeOrder(PaymentMethods.Wallet);

        var wallet = await system.SendAsync(order.CustomerId, "wallet/pay", new { orderId = order.OrderId });
        var intent = await system.PostAsync(order.CustomerId, "create-intent", new { orderId = order.OrderId });
        var stranger = await system.PostAsync(Guid.NewGuid(), "create-intent", new { orderId = order.OrderId });
        await system.Payments.DeliverAsync(Delivered(order, Guid.NewGuid()), times: 2);

        var payment = await system.PaymentOfAsync(order.OrderId);
        Assert.Equal((200, 200, 404), ((int)wallet.StatusCode, (int)intent.StatusCode, (int)stranger.StatusCode));
        Assert.Equal("completed", (await intent.DataAsync()).GetProperty("status").GetString());
        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
        Assert.Empty(payment.Attempts);
        Assert.Equal(3_000, await system.BalanceAsync(Accounts.Promotions, null, payment.Id));
    }

    [Fact]
    public async Task An_order_without_any_money_in_it_is_settled_by_nothing()
    {
        var order = AFreeOrder(PaymentMethods.CamPay);
        system.Orders.Known[$"{order.OrderId}"].DiscountXaf = 0;
        await system.Payments.DeliverAsync(order);

        await system.Payments.DeliverAsync(Delivered(order, Guid.NewGuid()), times: 2);

        Assert.Equal(0, await system.BalanceAsync(Accounts.Promotions, null, (await system.PaymentOfAsync(order.OrderId)).Id));
    }

    private OrderPlaced AFreeOrder(string method)
    {
        var order = system.AnOrder(method, 0);
        var known = system.Orders.Known[$"{order.OrderId}"];
        (known.DeliveryFeeXaf, known.DiscountXaf) = (0, 3_000);
        return order;
    }

    private async Task<OrderPlaced> AnOrderLikeAsync(OrderPlaced other, long totalXaf = 5_500)
    {
        var order = system.AnOrder(totalXaf: totalXaf) with { RestaurantId = other.RestaurantId, RestaurantOwnerId = other.RestaurantOwnerId };
        system.Orders.Know(order);
        await system.Payments.DeliverAsync(order);
        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        return order;
    }

    private async Task<long> CommissionAsync(OrderPlaced order) =>
        await system.BalanceAsync(Accounts.Commission, null, (await system.PaymentOfAsync(order.OrderId)).Id);

    private RestaurantChanged Changed(Guid restaurantId, decimal percent, int version) => new(
        restaurantId, Guid.NewGuid(), "Chez Nous", "douala", "active", percent, false, 20, version, system.Clock.GetUtcNow());

    private static OrderDelivered Delivered(OrderPlaced order, Guid? driverId) => new(
        order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, driverId, order.TotalXaf, 8, order.PlacedAt);
}
