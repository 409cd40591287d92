using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>Points come from delivered orders alone, make tiers, and become money on the wallet through the ledger.</summary>
public sealed class LoyaltyTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_delivered_order_earns_points_for_its_food_once()
    {
        var order = await DeliverAsync(Guid.NewGuid(), 11_050, times: 2);

        var data = await (await system.SendAsync(order.CustomerId, "loyalty")).DataAsync();

        Assert.Equal((100, 100, 0, 900), (
            data.GetProperty("totalPoints").GetInt64(), data.GetProperty("availablePoints").GetInt64(), data.GetProperty("usedPoints").GetInt64(),
            data.GetProperty("pointsToNextTier").GetInt64()));
        Assert.Equal("bronze", data.GetProperty("currentTier").GetString());
        Assert.Equal("earned", Assert.Single(data.GetProperty("recentTransactions").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_higher_tier_earns_faster()
    {
        var customerId = Guid.NewGuid();
        await DeliverAsync(customerId, 101_000);
        await DeliverAsync(customerId, 11_000);

        var data = await (await system.SendAsync(customerId, "loyalty")).DataAsync();

        Assert.Equal((1_200, "silver"), (data.GetProperty("totalPoints").GetInt64(), data.GetProperty("currentTier").GetString()));
        Assert.Equal(2, data.GetProperty("tierBenefits").GetProperty("multiplier").GetInt32());
    }

    [Fact]
    public async Task Ten_redemptions_at_once_use_no_more_points_than_there_are()
    {
        var customerId = Guid.NewGuid();
        await DeliverAsync(customerId, 31_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            system.SendAsync(customerId, "loyalty/redeem", new { rewardId = "cashback-500" }, key: $"{number}")));
        var refused = answers.First(answer => (int)answer.StatusCode == 422);
        var wallet = await (await system.SendAsync(customerId, "wallet")).DataAsync();

        Assert.Equal((3, 7), (answers.Count(answer => (int)answer.StatusCode == 200), answers.Count(answer => (int)answer.StatusCode == 422)));
        Assert.Equal("INSUFFICIENT_POINTS", await refused.CodeAsync());
        Assert.Equal(1_500, wallet.GetProperty("balance").GetInt64());
        Assert.All(wallet.GetProperty("recentTransactions").EnumerateArray(), row => Assert.Equal("bonus", row.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("discount-1000", "discount", 1_000, 180)]
    [InlineData("free-delivery", "free_delivery", 0, 150)]
    public async Task Points_become_a_code_for_one_order_and_no_money_moves_before_it_is_used(string rewardId, string type, long value, long cost)
    {
        var customerId = Guid.NewGuid();
        await DeliverAsync(customerId, 31_000);

        var first = await system.SendAsync(customerId, "loyalty/redeem", new { rewardId }, key: "once");
        var again = await system.SendAsync(customerId, "loyalty/redeem", new { rewardId }, key: "once");

        var redeemed = await first.DataAsync();
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal((cost, 300 - cost, 0), (
            redeemed.GetProperty("pointsUsed").GetInt64(), redeemed.GetProperty("remainingPoints").GetInt64(), redeemed.GetProperty("credited").GetInt64()));
        var issued = Assert.Single(await system.EventsAsync<RewardCodeIssued>(code => code.CustomerId == customerId));
        Assert.Equal((redeemed.GetProperty("rewardCode").GetString(), type, value), (issued.Code, issued.Type, issued.ValueXaf));
        Assert.Equal(redeemed.GetProperty("codeExpiresAt").GetDateTimeOffset(), issued.ExpiresAt);
        var told = await system.EventsAsync<PointsChanged>(change => change.CustomerId == customerId);
        Assert.Equal([(300, 1), (300 - cost, 2)], told.Select(change => (change.AvailablePoints, change.Version)));
        Assert.Equal(0, await system.WalletAsync(customerId));
    }

    [Fact]
    public async Task Nobody_gives_points_to_himself_or_redeems_what_is_not_there()
    {
        var customerId = Guid.NewGuid();

        var earn = await system.SendAsync(customerId, "loyalty/status/earn", new { points = 1_000_000 });
        var unknown = await system.SendAsync(customerId, "loyalty/redeem", new { rewardId = "a-car" });
        var poor = await system.SendAsync(customerId, "loyalty/redeem", new { rewardId = "cashback-500" });
        var odd = await system.SendAsync(customerId, "loyalty/redeem", new { });

        Assert.Equal((404, 404, 422, 400), ((int)earn.StatusCode, (int)unknown.StatusCode, (int)poor.StatusCode, (int)odd.StatusCode));
        Assert.Equal(0, await system.WalletAsync(customerId));
    }

    [Fact]
    public async Task Points_that_nobody_used_in_a_year_expire()
    {
        var customerId = Guid.NewGuid();
        var order = await DeliverAsync(customerId, 21_000);
        await system.SendAsync(customerId, "loyalty/redeem", new { rewardId = "cashback-500" });
        var yesterday = system.Clock.GetUtcNow().AddDays(-1);
        await system.Payments.WithDbAsync(db => db.LoyaltyPoints.Where(row => row.SourceId == order.OrderId)
            .ExecuteUpdateAsync(row => row.SetProperty(points => points.ExpiresAt, yesterday)));

        await system.Payments.WithDbAsync(async db =>
        {
            await new EatFast.Payments.Features.ExpirePoints(db, system.Clock).RunAsync(CancellationToken.None);
            return true;
        });
        var data = await (await system.SendAsync(customerId, "loyalty")).DataAsync();
        var listed = await (await system.SendAsync(customerId, "loyalty/transactions?type=expired")).DataAsync();

        Assert.Equal((200, 0), (data.GetProperty("totalPoints").GetInt64(), data.GetProperty("availablePoints").GetInt64()));
        Assert.Equal(-100, Assert.Single(listed.GetProperty("transactions").EnumerateArray()).GetProperty("points").GetInt64());
    }

    [Fact]
    public async Task Rewards_and_tiers_can_be_read()
    {
        var customerId = Guid.NewGuid();

        var rewards = (await (await system.SendAsync(customerId, "loyalty/rewards")).DataAsync()).GetProperty("rewards");
        var tiers = (await (await system.SendAsync(customerId, "loyalty/tiers")).DataAsync()).GetProperty("tiers");

        Assert.All(rewards.EnumerateArray(), reward => Assert.False(reward.GetProperty("isAvailable").GetBoolean()));
        Assert.Equal(["bronze", "silver", "gold", "platinum", "diamond"], tiers.EnumerateArray().Select(tier => tier.GetProperty("name").GetString()));
    }

    private async Task<OrderPlaced> DeliverAsync(Guid customerId, long totalXaf, int times = 1)
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, totalXaf, customerId);
        await system.Payments.DeliverAsync(
            new OrderDelivered(
                order.OrderId, order.OrderNumber, customerId, order.RestaurantId, order.RestaurantOwnerId, Guid.NewGuid(), totalXaf, 8, order.PlacedAt),
            times: times);
        await Eventually.AsTrue(
            () => system.Payments.WithDbAsync(db => db.LoyaltyPoints.AnyAsync(row => row.SourceId == order.OrderId)), "points were earned");
        return order;
    }
}
