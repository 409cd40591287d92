using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;

namespace EatFast.Payments.Tests.Features;

public sealed class RefundPaymentTests(PaymentsSystem system)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_part_goes_back_to_the_source_before_and_after_the_money_was_shared_out(bool isSettled)
    {
        var (order, phone) = await system.APaidOrderAsync();
        if (isSettled)
            await system.Payments.DeliverAsync(Delivered(order));

        var answer = await RefundAsync(order, new { amount = 1_500, reason = "cold" }, key: "cold");
        var again = await RefundAsync(order, new { amount = 1_500, reason = "cold" }, key: "cold");
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.PartiallyRefunded);
        if (!isSettled)
            await system.Payments.DeliverAsync(Delivered(order));

        Assert.Equal((200, 200), ((int)answer.StatusCode, (int)again.StatusCode));
        Assert.Equal(1_500, payment.RefundedXaf);
        Assert.Equal(1_500, Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw")).GetProperty("amountXaf").GetInt64());
        Assert.Single(await system.EventsAsync<RefundIssued>(back => back.OrderId == order.OrderId && !back.IsFull));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment.Id));
        Assert.Equal(1_500, await system.BalanceAsync(Accounts.Corrections, null, payment.Id));
        var trace = Assert.Single(await system.EventsAsync<ActionRecorded>(done => done.SubjectId == payment.Id));
        Assert.Equal(("payment.refunded", "1500", "cold"), (trace.Action, trace.Details["amountXaf"], trace.Details["reason"]));
        Assert.Equal(-3_825, await system.BalanceAsync(Accounts.RestaurantPayable, order.RestaurantId, payment.Id));
    }

    [Fact]
    public async Task Parts_and_a_stop_never_give_back_more_than_was_paid()
    {
        var (order, phone) = await system.APaidOrderAsync();
        await RefundAsync(order, new { amount = 2_000, reason = "cold", refundMethod = "wallet" });
        var tooLarge = await RefundAsync(order, new { amount = 3_501, reason = "cold" });
        await system.Payments.DeliverAsync(Cancelled(order), times: 2);
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);
        var nothingLeft = await RefundAsync(order, new { reason = "cold" });

        Assert.Equal(("REFUND_TOO_LARGE", "REFUND_TOO_LARGE"), (await tooLarge.CodeAsync(), await nothingLeft.CodeAsync()));
        Assert.Equal(3_500, Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw")).GetProperty("amountXaf").GetInt64());
        Assert.Equal(2_000, await system.WalletAsync(order.CustomerId));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment.Id));
    }

    [Fact]
    public async Task A_late_cancellation_costs_its_fee_and_the_kitchen_gets_its_part()
    {
        var (order, phone) = await system.APaidOrderAsync(10_000);

        await system.Payments.DeliverAsync(Cancelled(order) with { FeePercent = 20 }, times: 2);
        await system.Payments.DeliverAsync(Cancelled(order) with { FeePercent = 20 });
        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.PartiallyRefunded);

        Assert.Equal(8_000, Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw")).GetProperty("amountXaf").GetInt64());
        Assert.Equal(-1_700, await system.BalanceAsync(Accounts.RestaurantPayable, order.RestaurantId, payment.Id));
        Assert.Equal(-300, await system.BalanceAsync(Accounts.Commission, null, payment.Id));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment.Id));
    }

    [Fact]
    public async Task A_fee_that_is_given_back_after_all_is_funded_like_money_that_was_shared_out()
    {
        var (order, _) = await system.APaidOrderAsync(10_000);
        await system.Payments.DeliverAsync(Cancelled(order) with { FeePercent = 20 });
        await system.UntilAsync(order.OrderId, PaymentStatus.PartiallyRefunded);

        var answer = await RefundAsync(order, new { reason = "our fault", refundMethod = "wallet" });

        var payment = await system.UntilAsync(order.OrderId, PaymentStatus.Refunded);
        Assert.Equal((200, 2_000), ((int)answer.StatusCode, await system.WalletAsync(order.CustomerId)));
        Assert.Equal(2_000, await system.BalanceAsync(Accounts.Corrections, null, payment.Id));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment.Id));
    }

    [Fact]
    public async Task What_no_provider_takes_back_ends_in_the_wallet()
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash);
        await system.Payments.DeliverAsync(Delivered(order));

        var answer = await RefundAsync(order, new { amount = 500, reason = "missing drink", paidBy = "restaurant" });

        var data = await answer.DataAsync();
        Assert.Equal(("wallet", "completed"), (data.GetProperty("method").GetString(), data.GetProperty("status").GetString()));
        Assert.Equal(500, await system.WalletAsync(order.CustomerId));
        Assert.Equal(3_325, await system.WalletAsync(order.RestaurantId, Accounts.RestaurantPayable));
    }

    [Fact]
    public async Task Refunds_are_for_administrators_and_for_paid_orders()
    {
        var unpaid = await system.APlacedOrderAsync();

        var customer = await system.SendAsync(unpaid.CustomerId, $"admin/orders/{unpaid.OrderId}/refund", new { reason = "me" });
        var early = await RefundAsync(unpaid, new { reason = "early" });
        var unknown = await RefundAsync(system.AnOrder(), new { reason = "who" });
        var wrong = await RefundAsync(unpaid, new { amount = 0, reason = "" });

        Assert.Equal((403, 409, 404, 400), ((int)customer.StatusCode, (int)early.StatusCode, (int)unknown.StatusCode, (int)wrong.StatusCode));
        Assert.Equal("ORDER_NOT_PAID", await early.CodeAsync());
    }

    private readonly Guid _admin = Guid.NewGuid();

    private Task<HttpResponseMessage> RefundAsync(OrderPlaced order, object body, string? key = null) =>
        system.SendAsync(_admin, $"admin/orders/{order.OrderId}/refund", body, Roles.Admin, key);

    private static OrderCancelled Cancelled(OrderPlaced order) => new(
        order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "too late", 2, order.PlacedAt);

    private static OrderDelivered Delivered(OrderPlaced order) => new(
        order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, Guid.NewGuid(), order.TotalXaf, 8,
        order.PlacedAt);
}
