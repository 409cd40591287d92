using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

public sealed class StopPaymentTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_paid_order_that_is_cancelled_is_refunded_once()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        var paymentId = await system.StartAsync(order, phone);
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);

        await system.Payments.DeliverAsync(Cancelled(order), times: 2);
        await system.Payments.DeliverAsync(Cancelled(order));
        await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw"));
        Assert.Single(await system.EventsAsync<RefundIssued>(back => back.PaymentId == paymentId && back.IsFull));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, paymentId));
    }

    [Fact]
    public async Task Money_that_comes_after_the_cancellation_goes_back()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.StartAsync(order, phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Processing);

        await system.Payments.DeliverAsync(Cancelled(order));
        var again = await system.PayAsync(order, phone, key: "after");
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Equal("ORDER_NOT_PAYABLE", await again.CodeAsync());
        Assert.Empty(await system.EventsAsync<PaymentSucceeded>(paid => paid.OrderId == order.OrderId));
        Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw"));
    }

    [Fact]
    public async Task A_refund_whose_answer_is_lost_is_not_sent_twice()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.StartAsync(order, phone);
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await system.CamPay.OrderFaultAsync(phone, "lost_answer", "withdraw");

        await system.Payments.DeliverAsync(new OrderRejected(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "closed", 3, order.PlacedAt));
        await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw"));
    }

    [Theory]
    [InlineData("first-result", true)]
    [InlineData("reject", false)]
    public async Task A_refund_of_a_sender_that_died_is_said_again_under_its_reference_and_paid_once(string duplicates, bool isSilent)
    {
        await system.CamPay.ChangeSettingsAsync(new { duplicateReference = duplicates });
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.StartAsync(order, phone);
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await system.CamPay.OrderFaultAsync(phone, "lost_answer", "withdraw");
        if (isSilent)
            await system.CamPay.OrderFaultAsync(phone, "webhook_never", "withdraw");

        await system.Payments.DeliverAsync(Cancelled(order));
        await system.UntilAskedAsync(order.OrderId, PaymentStatus.Refunded);

        var refund = (await system.PaymentOfAsync(order.OrderId)).Attempts.Single(attempt => !attempt.IsCollect);
        Assert.Equal(1, refund.Try);
        Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw"));
        Assert.Single(await system.EventsAsync<RefundIssued>(back => back.OrderId == order.OrderId && back.IsFull));
        await system.CamPay.ChangeSettingsAsync(new { duplicateReference = "first-result" });
    }

    [Fact]
    public async Task A_refund_that_was_claimed_and_never_sent_is_sent()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();
        await system.StartAsync(order, phone);
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        system.CutCamPay();
        await system.Payments.DeliverAsync(Cancelled(order));
        await system.UntilAsync(
            order.OrderId, row => row.Attempts.Any(attempt => !attempt.IsCollect && attempt.Version > 1), "it was tried");
        var lapsed = system.Clock.GetUtcNow();
        await system.Payments.WithDbAsync(db => db.Attempts
            .Where(attempt => attempt.Kind == AttemptKind.Refund && attempt.Status == AttemptStatus.Created)
            .ExecuteUpdateAsync(row => row
                .SetProperty(attempt => attempt.Status, AttemptStatus.Sending)
                .SetProperty(attempt => attempt.DueAt, lapsed)));

        system.RestoreCamPay();
        await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);

        Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw"));
    }

    [Fact]
    public async Task A_stop_that_overtakes_the_order_is_remembered()
    {
        var order = system.AnOrder(PaymentMethods.Cash);

        await system.Payments.DeliverAsync(new OrderExpired(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, 2, order.PlacedAt));
        await system.Payments.DeliverAsync(order);

        Assert.Equal(PaymentStatus.Expired, (await system.PaymentOfAsync(order.OrderId)).Status);
        Assert.Empty(await system.EventsAsync<PaymentAuthorized>(approved => approved.OrderId == order.OrderId));
    }

    private static OrderCancelled Cancelled(OrderPlaced order) => new(
        order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "too late", 2, order.PlacedAt);
}
