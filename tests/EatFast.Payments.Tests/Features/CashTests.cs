using EatFast.Delivery.Contracts;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Features;

public sealed class CashTests(PaymentsSystem system)
{
    private readonly Guid _driver = Guid.NewGuid();

    [Fact]
    public async Task Cash_is_approved_at_once_and_once()
    {
        var order = system.AnOrder(PaymentMethods.Cash);

        await system.Payments.DeliverAsync(order, times: 2);
        var answer = await system.PostAsync(order.CustomerId, "process", new { orderId = order.OrderId, method = "cash_on_delivery" });

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("pending", (await answer.DataAsync()).GetProperty("status").GetString());
        Assert.Single(await system.EventsAsync<PaymentAuthorized>(approved => approved.OrderId == order.OrderId));
    }

    [Fact]
    public async Task A_large_cash_order_waits_and_can_be_paid_otherwise()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, totalXaf: 100_001);

        var cash = await system.PostAsync(order.CustomerId, "process", new { orderId = order.OrderId, method = "cash" });
        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        Assert.Equal("CASH_LIMIT_EXCEEDED", await cash.CodeAsync());
        Assert.Empty(await system.EventsAsync<PaymentAuthorized>(approved => approved.OrderId == order.OrderId));
    }

    [Fact]
    public async Task An_approved_cash_order_takes_no_mobile_money()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);

        var answer = await system.PayAsync(order, SimulatedCamPay.GoodMtn);

        Assert.Equal("PAYMENT_METHOD_FIXED", await answer.CodeAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delivery_and_collection_book_the_cash_once_whichever_comes_first(bool deliveredFirst)
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);
        var payment = await system.PaymentOfAsync(order.OrderId);
        var collected = new CashCollected(Guid.NewGuid(), order.OrderId, _driver, order.TotalXaf, order.PlacedAt);

        if (deliveredFirst)
            await system.Payments.DeliverAsync(Delivered(order), times: 2);
        await system.Payments.DeliverAsync(collected, times: 2);
        if (!deliveredFirst)
            await system.Payments.DeliverAsync(Delivered(order), times: 2);

        Assert.Single(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId && paid.Method == "cash"));
        Assert.Equal(PaymentStatus.Completed, (await system.PaymentOfAsync(order.OrderId)).Status);
        Assert.Equal(5_500, await system.BalanceAsync(Accounts.CashFloat, _driver, payment.Id));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, order.OrderId, payment.Id));
    }

    [Fact]
    public async Task A_delivered_order_is_split_between_restaurant_driver_and_us()
    {
        var order = await system.APlacedOrderAsync();
        var paymentId = await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        await system.Payments.DeliverAsync(Delivered(order), times: 2);
        await system.Payments.DeliverAsync(Delivered(order));

        Assert.Equal(-3_825, await system.BalanceAsync(Accounts.RestaurantPayable, order.RestaurantId, paymentId));
        Assert.Equal(-675, await system.BalanceAsync(Accounts.Commission, null, paymentId));
        Assert.Equal(-1_000, await system.BalanceAsync(Accounts.DriverEarning, _driver, paymentId));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, order.OrderId, paymentId));
    }

    [Fact]
    public async Task Cash_of_a_cancelled_order_goes_to_its_payers_wallet()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);
        await system.Payments.DeliverAsync(new OrderCancelled(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt));

        await system.Payments.DeliverAsync(
            new CashCollected(Guid.NewGuid(), order.OrderId, _driver, order.TotalXaf, order.PlacedAt), times: 2);

        var payment = await system.PaymentOfAsync(order.OrderId);
        Assert.Equal(PaymentStatus.Refunded, payment.Status);
        Assert.Equal(order.TotalXaf, await system.BalanceAsync(Accounts.CashFloat, _driver, payment.Id));
        Assert.Equal(order.TotalXaf, await system.WalletAsync(order.CustomerId));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, order.OrderId, payment.Id));
        Assert.Empty(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
    }

    private OrderDelivered Delivered(OrderPlaced order) => new(
        order.OrderId,
        order.OrderNumber,
        order.CustomerId,
        order.RestaurantId,
        order.RestaurantOwnerId,
        _driver,
        order.TotalXaf,
        8,
        order.PlacedAt);
}
