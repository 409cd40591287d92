using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class CancelOrderTests(OrderingSystem system)
{
    [Theory]
    [InlineData("pending")]
    [InlineData("confirmed")]
    public async Task A_customer_cancels_in_time(string status)
    {
        var order = await system.OrderAtAsync(status);

        var answer = await (await CancelAsync(system.Customer(order.CustomerId), order)).DataAsync();

        Assert.Equal("cancelled", (string?)answer["status"]);
        var cancelled = Assert.Single(await system.AnnouncedAsync<OrderCancelled>(order, @event => @event.OrderId));
        Assert.Equal("Changement de plan", cancelled.Reason);
    }

    [Theory]
    [InlineData("confirmed", 4, 0, 4_000)]
    [InlineData("preparing", 4, 0, 4_000)]
    [InlineData("preparing", 6, 20, 3_200)]
    public async Task Cancelling_late_costs_a_part_of_what_was_paid(string status, int minutes, int percent, long refund)
    {
        var order = await system.OrderAtAsync(status);
        var confirmed = system.Clock.GetUtcNow().AddMinutes(-minutes);
        await system.Ordering.WithDbAsync(db => db.Orders.Where(row => row.Id == order.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(column => column.ConfirmedAt, confirmed)));

        var answer = await (await CancelAsync(system.Customer(order.CustomerId), order)).DataAsync();

        Assert.Equal((refund, "pending"), ((long)answer["refundAmount"]!, (string?)answer["refundStatus"]));
        Assert.Equal(percent, Assert.Single(await system.AnnouncedAsync<OrderCancelled>(order, @event => @event.OrderId)).FeePercent);
    }

    [Fact]
    public async Task A_body_is_not_needed_and_PUT_does_the_same()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        var answer = await system.Customer(order.CustomerId).PutAsync($"/api/v1/orders/{order.Id}/cancel", null);

        Assert.Equal("cancelled", (string?)(await answer.DataAsync())["status"]);
    }

    [Fact]
    public async Task A_second_cancellation_is_refused()
    {
        var order = await system.OrderAtAsync("pending");
        await CancelAsync(system.Customer(order.CustomerId), order);

        var again = await CancelAsync(system.Customer(order.CustomerId), order);

        await again.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_ALREADY_CANCELLED");
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("delivered")]
    public async Task Once_the_food_is_ready_only_an_admin_can_cancel(string status)
    {
        var order = await system.OrderAtAsync(status);

        var customer = await CancelAsync(system.Customer(order.CustomerId), order);
        var admin = await CancelAsync(system.Admin(), order);

        await customer.AssertRefusedAsync(HttpStatusCode.Conflict, "ORDER_NOT_CANCELLABLE");
        Assert.Equal(status == "ready" ? HttpStatusCode.OK : HttpStatusCode.Conflict, admin.StatusCode);
        var traces = (await system.Ordering.AnnouncedAsync<ActionRecorded>()).FindAll(done => done.SubjectId == order.Id);
        Assert.Equal(status == "ready" ? "order.cancelled" : null, traces.SingleOrDefault()?.Action);
    }

    [Fact]
    public async Task For_the_restaurant_it_is_a_refusal_with_a_reason()
    {
        var order = await system.OrderAtAsync("pending");

        var without = await system.Owner(order.OwnerId).PostAsync($"/api/v1/restaurant/orders/{order.Id}/cancel", null);
        var with = await CancelAsync(system.Owner(order.OwnerId), order);

        await without.AssertRefusedAsync(HttpStatusCode.BadRequest, "REASON_REQUIRED");
        Assert.Equal("rejected", (string?)(await with.DataAsync())["status"]);
    }

    [Fact]
    public async Task When_a_cancellation_and_a_confirmation_collide_exactly_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var order = await system.OrderAtAsync("pending");

            var answers = await Task.WhenAll(
                CancelAsync(system.Customer(order.CustomerId), order),
                system.Owner(order.OwnerId).PostAsync($"/api/v1/restaurant/orders/{order.Id}/confirm", null),
                system.Owner(order.OwnerId).PostAsync($"/api/v1/restaurant/orders/{order.Id}/confirm", null));

            var stored = await system.LoadAsync(order.Id);
            Assert.Equal(stored.History.Count, stored.Version);
            Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
            var winners = answers.Count(answer => answer.IsSuccessStatusCode);
            // A cancellation may follow a confirmation, because the customer is still in time; never the other way round.
            Assert.Equal(stored.History.Count - 2, winners);
            Assert.True(winners == 1 || stored.Status == "cancelled", $"{winners} winners, and the order is {stored.Status}");
        }
    }

    [Fact]
    public async Task A_strangers_order_is_not_there()
    {
        var order = await system.OrderAtAsync("pending", released: null);

        var response = await CancelAsync(system.Customer(Guid.NewGuid()), order);

        await response.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
    }

    private static Task<HttpResponseMessage> CancelAsync(HttpClient client, TestOrder order) => client.PostAsJsonAsync(
        $"/api/v1/orders/{order.Id}/cancel", new JsonObject { ["reason"] = "Changement de plan", ["comment"] = "Désolé" });
}
