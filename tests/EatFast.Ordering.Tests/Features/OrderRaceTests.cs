using EatFast.Ordering.Domain;
using EatFast.Payments.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class OrderRaceTests(OrderingSystem system)
{
    [Fact]
    public async Task Of_two_changes_to_one_version_the_second_is_a_concurrent_change()
    {
        var order = await system.OrderAtAsync("pending");

        await system.Ordering.WithDbAsync(async slow =>
        {
            var seen = await slow.Orders.SingleAsync(found => found.Id == order.Id);
            (await OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "confirmed")).EnsureSuccessStatusCode();
            seen.MoveTo(OrderStatus.Cancelled, new Actor(ActorKind.Customer, order.CustomerId), system.Clock.GetUtcNow());
            return await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => slow.SaveChangesAsync());
        });

        Assert.Equal("confirmed", (await system.LoadAsync(order.Id)).Status);
    }

    [Fact]
    public async Task Messages_about_one_order_that_collide_all_take_effect()
    {
        for (var round = 0; round < 5; round++)
        {
            var order = await system.OrderAtAsync("pending");
            var now = system.Clock.GetUtcNow();
            var refunds = Enumerable.Range(0, 3).Select(_ => system.Ordering.DeliverAsync(
                new RefundIssued(Guid.NewGuid(), Guid.NewGuid(), order.Id, 100, IsFull: false, now)));

            await Task.WhenAll(refunds);

            var stored = await system.LoadAsync(order.Id);
            Assert.Equal(3, stored.History.Count(change => change.Kind == "payment_partially_refunded"));
            Assert.Equal(stored.History.Count, stored.Version);
        }
    }
}
