using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;

namespace EatFast.Payments.Tests.Features;

/// <summary>The second pair of eyes looks at what an owner takes in a day, and the owner sees what is still on its way.</summary>
public sealed class PayoutApprovalTests(PaymentsSystem system)
{
    private readonly Guid _admin = Guid.NewGuid();

    [Fact]
    public async Task Many_small_payouts_need_approval_like_a_large_one()
    {
        var order = await ADeliveredOrderAsync();

        var first = await (await TakeAsync(order, 60_000)).DataAsync();
        var second = await (await TakeAsync(order, 40_001)).DataAsync();
        var listed = (await (await system.SendAsync(
            order.RestaurantOwnerId, "restaurant/wallet/transactions", role: Roles.RestaurantOwner)).DataAsync()).GetProperty("transactions");

        Assert.Equal((PayoutStatus.Approved, PayoutStatus.AwaitingApproval), (StatusOf(first), StatusOf(second)));
        Assert.Equal(("withdrawal", "pending"), (listed[0].GetProperty("type").GetString(), listed[0].GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Ten_at_once_are_judged_by_their_sum()
    {
        var order = await ADeliveredOrderAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => TakeAsync(order, 30_000, key: $"{number}")));
        var asked = await Task.WhenAll(answers.Select(answer => answer.DataAsync()));

        Assert.Equal(3, asked.Count(row => StatusOf(row) == PayoutStatus.Approved));
    }

    [Fact]
    public async Task The_same_decision_under_the_same_key_is_answered_again()
    {
        var order = await ADeliveredOrderAsync();
        var approved = (await (await TakeAsync(order, 150_000)).DataAsync()).GetProperty("payoutId").GetGuid();
        var rejected = (await (await TakeAsync(order, 10_000)).DataAsync()).GetProperty("payoutId").GetGuid();

        var answers = new List<HttpResponseMessage>();
        for (var copy = 0; copy < 2; copy++)
        {
            answers.Add(await system.SendAsync(_admin, $"admin/payouts/{approved}/approve", new { }, Roles.Admin, key: "yes"));
            answers.Add(await system.SendAsync(_admin, $"admin/payouts/{rejected}/reject", new { reason = "no" }, Roles.Admin, key: "no"));
        }

        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Equal(await answers[0].Content.ReadAsStringAsync(), await answers[2].Content.ReadAsStringAsync());
        Assert.Equal(2, answers.Count(answer => answer.Headers.Contains("Idempotent-Replayed")));
        Assert.Single(await system.EventsAsync<ActionRecorded>(done => done.SubjectId == approved && done.Action == "payout.approved"));
    }

    [Fact]
    public async Task Without_a_number_the_proven_one_is_paid_and_without_that_nobody()
    {
        var (order, phone) = (await ADeliveredOrderAsync(), system.APhone());
        var body = new { amount = 10_000, description = "daily" };

        var unknown = await system.SendAsync(order.RestaurantOwnerId, "restaurant/wallet/withdraw", body, Roles.RestaurantOwner, key: "1");
        system.Identities.Prove(order.RestaurantOwnerId, phone);
        var known = await system.SendAsync(order.RestaurantOwnerId, "restaurant/wallet/withdraw", body, Roles.RestaurantOwner, key: "2");
        await EatFast.Testing.Eventually.AsTrue(async () => (await system.CamPay.StatementAsync(phone, "withdraw")).Count == 1, "it arrives");

        Assert.Equal((422, "PAYOUT_PHONE_REQUIRED", 202), ((int)unknown.StatusCode, await unknown.CodeAsync(), (int)known.StatusCode));
    }

    private Task<HttpResponseMessage> TakeAsync(OrderPlaced order, long amount, string? key = null) => system.SendAsync(
        order.RestaurantOwnerId, "restaurant/wallet/withdraw", new { amount, phone = SimulatedCamPay.GoodMtn }, Roles.RestaurantOwner, key);

    private async Task<OrderPlaced> ADeliveredOrderAsync()
    {
        var order = await system.APlacedOrderAsync(totalXaf: 600_000);
        await system.StartAsync(order, SimulatedCamPay.GoodMtn);
        await system.UntilAsync(order.OrderId, PaymentStatus.Completed);
        await system.Payments.DeliverAsync(new OrderDelivered(
            order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, Guid.NewGuid(), order.TotalXaf, 8,
            order.PlacedAt));
        return order;
    }

    private static string? StatusOf(JsonElement payout) => payout.GetProperty("status").GetString();
}
