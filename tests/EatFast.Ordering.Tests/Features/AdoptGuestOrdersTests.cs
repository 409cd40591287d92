using EatFast.Identity.Contracts;

namespace EatFast.Ordering.Tests.Features;

public sealed class AdoptGuestOrdersTests(OrderingSystem system)
{
    [Fact]
    public async Task The_orders_of_a_guest_become_those_of_the_account_and_no_others_do()
    {
        var (mine, other) = (await system.OrderAtAsync("pending", released: null), await system.OrderAtAsync("pending", released: null));
        var guestId = (await system.LoadAsync(mine.Id)).CustomerId;
        var otherId = (await system.LoadAsync(other.Id)).CustomerId;
        var converted = new GuestConverted(guestId, Guid.NewGuid(), system.Clock.GetUtcNow());

        await system.Ordering.DeliverAsync(converted, Guid.NewGuid(), times: 2);

        Assert.Equal(converted.UserId, (await system.LoadAsync(mine.Id)).CustomerId);
        Assert.Equal(otherId, (await system.LoadAsync(other.Id)).CustomerId);
    }
}
