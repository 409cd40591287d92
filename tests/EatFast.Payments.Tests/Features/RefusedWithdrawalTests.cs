using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using EatFast.Testing;

namespace EatFast.Payments.Tests.Features;

/// <summary>CamPay has withdrawals switched off for us: nobody's money waits for that to change.</summary>
public sealed class RefusedWithdrawalTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_payout_fails_and_the_money_is_given_back()
    {
        var (customerId, phone) = (await system.ACustomerWithAsync(9_000), system.APhone());
        await system.CamPay.OrderFaultAsync(phone, "withdrawals_disabled", "withdraw");

        var asked = await (await system.SendAsync(customerId, "wallet/withdraw", new { amount = 4_000, phone })).DataAsync();
        var id = asked.GetProperty("payoutId").GetGuid();
        var payout = await Eventually.Value(
            async () => await system.Payments.WithDbAsync(async db => await db.Payouts.FindAsync(id)) is { IsOver: true } over ? over : null,
            "the payout is over");

        Assert.Equal((PayoutStatus.Failed, "WITHDRAWALS_DISABLED"), (payout.Status, payout.Reason));
        Assert.Equal(9_000, await system.WalletAsync(customerId));
        var row = await (await system.SendAsync(customerId, "wallet/transactions?type=withdrawal")).DataAsync();
        Assert.Equal("failed", row.GetProperty("transactions")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_refund_is_tried_again_as_any_refused_one()
    {
        var (order, phone) = await system.APaidOrderAsync();
        await system.CamPay.OrderFaultAsync(phone, "withdrawals_disabled", "withdraw");

        await system.Payments.DeliverAsync(new OrderCancelled(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, "late", 2, order.PlacedAt));
        var payment = await system.UntilAsync(order.OrderId, row => row.Attempts.Any(attempt => attempt.Try == 2), "it was refused");

        Assert.Equal(AttemptStatus.Failed, payment.Attempts.Single(attempt => attempt is { IsCollect: false, Try: 1 }).Status);
    }
}
