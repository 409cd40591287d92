using System.Net;
using System.Net.Http.Json;
using EatFast.Ordering.Contracts;
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
    public async Task Of_confirm_reject_and_cancel_at_once_one_wins_and_the_others_are_told_409()
    {
        for (var round = 0; round < 10; round++)
        {
            var order = await system.OrderAtAsync("pending");
            var answers = await Task.WhenAll(
                OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "confirmed"),
                OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "rejected", "Fermé"),
                OrderingSystem.SetStatusAsync(system.Admin(), order, "cancelled", "Fraude"));

            // A confirmed order may still be cancelled, so two may follow each other; no third.
            var stored = await system.LoadAsync(order.Id);
            var won = answers.Count(answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.InRange(won, 1, 2);
            Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict));
            Assert.Equal((2 + won, 2 + won), (stored.Version, stored.History.Count));
        }
    }

    [Fact]
    public async Task Twenty_equal_confirmations_confirm_once()
    {
        var order = await system.OrderAtAsync("pending");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "confirmed")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await system.AnnouncedAsync<OrderConfirmed>(order, @event => @event.OrderId));
        Assert.Equal(3, (await system.LoadAsync(order.Id)).Version);
    }

    [Fact]
    public async Task A_payment_and_a_cancellation_at_once_both_count_and_the_kitchen_hears_of_no_stopped_order()
    {
        for (var round = 0; round < 5; round++)
        {
            var order = await system.OrderAtAsync("pending", released: null);

            var cancelled = system.Customer(order.CustomerId).PostAsJsonAsync($"/api/v1/orders/{order.Id}/cancel", new { });
            await Task.WhenAll(cancelled, system.PayAsync(order));

            var stored = await system.LoadAsync(order.Id);
            Assert.Equal(PaymentStatus.Paid, stored.PaymentStatus);
            Assert.Equal((await cancelled).IsSuccessStatusCode ? "cancelled" : "pending", stored.Status);
            Assert.Equal(stored.Version, stored.History.Count);
        }
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
