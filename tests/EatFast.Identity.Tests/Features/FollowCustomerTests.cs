using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;

namespace EatFast.Identity.Tests.Features;

public sealed class FollowCustomerTests(IdentitySystem system)
{
    [Fact]
    public async Task Orders_that_arrived_and_points_are_shown_with_the_account_and_the_same_news_twice_is_once()
    {
        var someone = await system.RegisterAsync();
        var delivered = Delivered(someone.UserId, 7_500);
        var points = new PointsChanged(someone.UserId, 140, "silver", 3, system.Clock.GetUtcNow());

        await system.Identity.DeliverAsync(delivered, Guid.NewGuid(), times: 2);
        await system.Identity.DeliverAsync(Delivered(someone.UserId, 2_500));
        await system.Identity.DeliverAsync(points, Guid.NewGuid(), times: 2);
        await system.Identity.DeliverAsync(points with { AvailablePoints = 90, Tier = "bronze", Version = 2 });

        var me = await system.GetAsync("/api/v1/auth/me", someone.AccessToken);
        Assert.Equal((2, 10_000), (me.GetProperty("totalOrders").GetInt32(), me.GetProperty("totalSpent").GetInt64()));
        Assert.Equal((140, "silver"), (me.GetProperty("loyaltyPoints").GetInt64(), me.GetProperty("loyaltyTier").GetString()));
    }

    [Fact]
    public async Task A_guests_order_belongs_to_no_account()
    {
        await system.Identity.DeliverAsync(Delivered(Guid.NewGuid(), 5_000));
        await system.Identity.DeliverAsync(new PointsChanged(Guid.NewGuid(), 5, "bronze", 1, system.Clock.GetUtcNow()));
    }

    private OrderDelivered Delivered(Guid customer, long total) => new(
        Guid.CreateVersion7(system.Clock.GetUtcNow()), "EF-1", customer, Guid.NewGuid(), Guid.NewGuid(), null, total, 5, system.Clock.GetUtcNow());
}
