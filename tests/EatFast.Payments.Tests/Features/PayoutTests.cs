using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;
using EatFast.Testing;

namespace EatFast.Payments.Tests.Features;

/// <summary>Money out of the ledger to phones: reserved at once, sent once, given back when it certainly did not arrive.</summary>
public sealed class PayoutTests(PaymentsSystem system)
{
    private readonly Guid _admin = Guid.NewGuid();

    [Theory]
    [InlineData(null)]
    [InlineData("lost_answer")]
    [InlineData("error500")]
    [InlineData("webhook_never")]
    public async Task A_customer_takes_money_out_once_whatever_happens_to_the_answer(string? trouble)
    {
        var (customerId, phone) = (await system.ACustomerWithAsync(9_000), system.APhone());
        if (trouble is not null)
            await system.CamPay.OrderFaultAsync(phone, trouble, "withdraw");
        var body = new { amount = 4_000, phoneNumber = phone, description = "cash" };

        var answer = await system.SendAsync(customerId, "wallet/withdraw", body, key: "out");
        var again = await system.SendAsync(customerId, "wallet/withdraw", body, key: "out");
        var payout = await UntilOverAsync(await answer.DataAsync());

        Assert.Equal((202, 202), ((int)answer.StatusCode, (int)again.StatusCode));
        Assert.Equal(PayoutStatus.Completed, payout.Status);
        Assert.Equal(5_000, await system.WalletAsync(customerId));
        Assert.Equal(4_000, Assert.Single(await system.CamPay.StatementAsync(phone, "withdraw")).GetProperty("amountXaf").GetInt64());
    }

    [Fact]
    public async Task What_certainly_did_not_arrive_is_given_back()
    {
        var customerId = await system.ACustomerWithAsync(9_000);

        var answer = await system.SendAsync(customerId, "wallet/withdraw", new { amount = 4_000, phone = SimulatedCamPay.BadMtn });
        var payout = await UntilOverAsync(await answer.DataAsync());

        Assert.Equal((PayoutStatus.Failed, "PAYEE_NOT_FOUND"), (payout.Status, payout.Reason));
        Assert.Equal(9_000, await system.WalletAsync(customerId));
        var listed = (await (await system.SendAsync(customerId, "wallet/transactions")).DataAsync()).GetProperty("transactions");
        Assert.Equal(["refund", "withdrawal", "topup"], listed.EnumerateArray().Select(row => row.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Twenty_withdrawals_at_once_take_no_more_than_there_is()
    {
        var customerId = await system.ACustomerWithAsync(5_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            system.SendAsync(customerId, "wallet/withdraw", new { amount = 1_000, phone = SimulatedCamPay.GoodMtn }, key: $"{number}")));

        Assert.Equal(5, answers.Count(answer => (int)answer.StatusCode == 202));
        Assert.Equal(0, await system.WalletAsync(customerId));
    }

    [Fact]
    public async Task A_restaurant_pays_its_fee_and_cannot_take_what_it_has_not_earned()
    {
        var order = await ADeliveredOrderAsync(20_000);

        var much = await OfOwnerAsync(order, 16_000);
        var little = await OfOwnerAsync(order, 9_999);
        var right = await OfOwnerAsync(order, 10_000);
        await UntilOverAsync(await right.DataAsync());

        Assert.Equal(("INSUFFICIENT_BALANCE", "AMOUNT_OUT_OF_RANGE"), (await much.CodeAsync(), await little.CodeAsync()));
        Assert.Equal(16_150 - 10_250, await system.WalletAsync(order.RestaurantId, Accounts.RestaurantPayable));
        var wallet = await (await system.SendAsync(order.RestaurantOwnerId, "restaurant/wallet", role: Roles.RestaurantOwner)).DataAsync();
        Assert.Equal(5_900, wallet.GetProperty("balance").GetInt64());
    }

    [Fact]
    public async Task A_large_payout_waits_for_another_administrator()
    {
        var order = await ADeliveredOrderAsync(300_000);
        var body = new { ownerKind = "restaurant", ownerId = order.RestaurantId, amount = 150_000, phone = SimulatedCamPay.GoodMtn };
        var asked = await (await system.SendAsync(_admin, "admin/payouts", body, Roles.Admin)).DataAsync();
        var id = asked.GetProperty("payoutId").GetGuid();

        var own = await system.SendAsync(_admin, $"admin/payouts/{id}/approve", new { }, Roles.Admin);
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            system.SendAsync(Guid.NewGuid(), $"admin/payouts/{id}/approve", new { }, Roles.Admin)));
        var late = await system.SendAsync(Guid.NewGuid(), $"admin/payouts/{id}/reject", new { reason = "late" }, Roles.Admin);
        var payout = await UntilOverAsync(asked);

        Assert.Equal((PayoutStatus.AwaitingApproval, "SECOND_ADMIN_NEEDED"), (asked.GetProperty("status").GetString(), await own.CodeAsync()));
        Assert.Equal((1, 4), (others.Count(answer => (int)answer.StatusCode == 200), others.Count(answer => (int)answer.StatusCode == 409)));
        Assert.Equal(("PAYOUT_NOT_WAITING", PayoutStatus.Completed), (await late.CodeAsync(), payout.Status));
        var traces = await system.EventsAsync<ActionRecorded>(done => done.SubjectId == id);
        Assert.Equal(["payout.ordered", "payout.approved"], traces.Select(done => done.Action));
    }

    [Fact]
    public async Task A_rejected_payout_returns_what_it_reserved_and_customers_decide_nothing()
    {
        var order = await ADeliveredOrderAsync(300_000);
        var before = await system.WalletAsync(order.RestaurantId, Accounts.RestaurantPayable);
        var asked = await (await OfOwnerAsync(order, 120_000)).DataAsync();
        var id = asked.GetProperty("payoutId").GetGuid();

        var customer = await system.SendAsync(order.CustomerId, $"admin/payouts/{id}/reject", new { reason = "no" });
        var rejected = await system.SendAsync(_admin, $"admin/payouts/{id}/reject", new { reason = "unclear" }, Roles.Admin);
        var unknown = await system.SendAsync(_admin, $"admin/payouts/{Guid.NewGuid()}/approve", new { }, Roles.Admin);

        Assert.Equal((403, 200, 404), ((int)customer.StatusCode, (int)rejected.StatusCode, (int)unknown.StatusCode));
        Assert.Equal(before, await system.WalletAsync(order.RestaurantId, Accounts.RestaurantPayable));
        Assert.Contains(await system.EventsAsync<ActionRecorded>(done => done.SubjectId == id), done => done.Action == "payout.rejected");
    }

    [Fact]
    public async Task A_day_has_a_limit()
    {
        var order = await ADeliveredOrderAsync(1_000_000);
        var more = await ADeliveredOrderAsync(1_000_000, order);
        Assert.Equal(order.RestaurantId, more.RestaurantId);

        await OfOwnerAsync(order, 500_000);
        await OfOwnerAsync(order, 499_000);
        var third = await OfOwnerAsync(order, 10_000);

        Assert.Equal("PAYOUT_LIMIT_EXCEEDED", await third.CodeAsync());
    }

    private Task<HttpResponseMessage> OfOwnerAsync(OrderPlaced order, long amount) => system.SendAsync(
        order.RestaurantOwnerId, "restaurant/wallet/withdraw", new { amount, phone = SimulatedCamPay.GoodMtn }, Roles.RestaurantOwner);

    private async Task<OrderPlaced> ADeliveredOrderAsync(long totalXaf, OrderPlaced? like = null)
    {
        var placed = system.AnOrder(PaymentMethods.CamPay, totalXaf);
        if (like is not null)
            placed = placed with { RestaurantId = like.RestaurantId, RestaurantOwnerId = like.RestaurantOwnerId };
        system.Orders.Know(placed);
        await system.Payments.DeliverAsync(placed);
        await system.StartAsync(placed, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(placed.OrderId, PaymentStatus.Completed);
        await system.Payments.DeliverAsync(new OrderDelivered(
            placed.OrderId, placed.OrderNumber, placed.CustomerId, placed.RestaurantId, placed.RestaurantOwnerId, Guid.NewGuid(), totalXaf, 8,
            placed.PlacedAt));
        return placed;
    }

    private async Task<Payout> UntilOverAsync(JsonElement asked)
    {
        var id = asked.GetProperty("payoutId").GetGuid();
        return await Eventually.Value(
            async () =>
            {
                if (await system.Payments.WithDbAsync(async db => await db.Payouts.FindAsync(id)) is { IsOver: true } over)
                    return over;
                // What is waited for is the next look at the provider.
                system.Clock.Advance(TimeSpan.FromMilliseconds(250));
                return null;
            },
            "the payout is over");
    }
}
