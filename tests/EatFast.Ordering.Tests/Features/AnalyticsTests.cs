using System.Net;
using System.Net.Http.Json;
using EatFast.Catalog.Contracts;
using EatFast.Delivery.Contracts;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Domain;
using EatFast.Ordering.Features;
using EatFast.Payments.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Ordering.Tests.Features;

public sealed class AnalyticsTests(OrderingSystem system)
{
    [Fact]
    public async Task Each_step_of_an_order_is_one_event()
    {
        var order = await system.OrderAtAsync("ready");

        var names = await system.Ordering.WithDbAsync(db => db.Analytics.Where(happened => happened.OrderId == order.Id && happened.Name.StartsWith("order_"))
            .OrderBy(happened => happened.OccurredAt).Select(happened => happened.Name).ToListAsync());

        Assert.Equal(["order_placed", "order_released", "order_confirmed", "order_preparing", "order_ready"], names);
    }

    [Fact]
    public async Task Rollups_are_right_after_replays_late_events_and_another_count()
    {
        var name = $"seen_{Guid.NewGuid():N}"[..30];
        var ids = Enumerable.Range(0, 7).Select(_ => Guid.NewGuid()).ToList();
        var at = system.Clock.GetUtcNow().AddHours(-2);
        foreach (var id in ids.Concat(ids.Take(3)))
            (await TrackAsync(new { name, id, occurredAt = at })).EnsureSuccessStatusCode();
        await RollUpAsync();
        await RollUpAsync();
        Assert.Equal(7, await CountAsync(name, "hour"));

        (await TrackAsync(new { name, id = Guid.NewGuid(), occurredAt = at.AddSeconds(1) })).EnsureSuccessStatusCode();
        await RollUpAsync();

        Assert.Equal(8, await CountAsync(name, "hour"));
        Assert.Equal(8, await CountAsync(name, "day"));
    }

    [Fact]
    public async Task What_came_while_nobody_counted_is_counted_later()
    {
        var name = $"seen_{Guid.NewGuid():N}"[..30];
        var at = system.Clock.GetUtcNow().AddHours(-1);
        await RollUpAsync();
        // The service was down for two hours; an event came in the middle of it.
        await system.Ordering.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.AnalyticsForwardings.Where(mark => mark.Receiver == AnalyticsForwarding.Rollups)
                .ExecuteUpdateAsync(mark => mark.SetProperty(row => row.RecordedAt, at.AddHours(-1)));
            db.Add(new AnalyticsEvent { Id = Guid.NewGuid(), Name = name, OccurredAt = at, RecordedAt = at });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return 0;
        });

        await Task.WhenAll(RollUpAsync(), RollUpAsync());
        await RollUpAsync();

        Assert.Equal(1, await CountAsync(name, "hour"));
        Assert.Equal(1, await CountAsync(name, "day"));
    }

    [Fact]
    public async Task One_event_as_the_older_client_tells_it_is_counted_too()
    {
        var name = $"seen_{Guid.NewGuid():N}"[..30];

        using var answer = await system.ClientOf("ordering").PostAsJsonAsync(
            "/api/v1/analytics/track", new { @event = name, properties = new { screen = "menu" }, category = "navigation" });

        Assert.Equal(1, (await answer.DataAsync())["accepted"]!.GetValue<int>());
        var stored = await system.Ordering.WithDbAsync(db => db.Analytics.AsNoTracking().SingleAsync(happened => happened.Name == name));
        Assert.Equal("navigation", System.Text.Json.Nodes.JsonNode.Parse(stored.Properties!)!["category"]!.GetValue<string>());
        Assert.Equal("menu", System.Text.Json.Nodes.JsonNode.Parse(stored.Properties!)!["screen"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_batch_sent_by_many_at_once_counts_once_and_nobody_is_refused()
    {
        var name = $"seen_{Guid.NewGuid():N}"[..30];
        var batch = new { events = Enumerable.Range(0, 20).Select(_ => new { name, id = Guid.NewGuid() }).ToList() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => system.ClientOf("ordering").PostAsJsonAsync("/api/v1/analytics/track", batch)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(20, await system.Ordering.WithDbAsync(db => db.Analytics.CountAsync(happened => happened.Name == name)));
    }

    [Fact]
    public async Task Payments_deliveries_and_restaurants_count_once_each()
    {
        var (order, payment, ride, place, now) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), system.Clock.GetUtcNow());

        await system.Ordering.DeliverAsync(new PaymentSucceeded(payment, order, "campay", 4_000, now), times: 2);
        await system.Ordering.DeliverAsync(new PaymentSucceeded(payment, order, "campay", 4_000, now));
        await system.Ordering.DeliverAsync(new RefundIssued(Guid.NewGuid(), payment, order, 1_000, false, now), times: 2);
        await system.Ordering.DeliverAsync(new DeliveryCompleted(ride, order, Guid.NewGuid(), now), times: 2);
        foreach (var version in new[] { 2, 1, 3 })
            await system.Ordering.DeliverAsync(new RestaurantChanged(place, Guid.NewGuid(), "Chez", "douala", "active", 15, false, 20, version, now));

        Assert.Equal([("delivery_completed", null), ("payment_refund_issued", 1_000L), ("payment_succeeded", 4_000L)], await system.Ordering.WithDbAsync(async db =>
            (await db.Analytics.AsNoTracking().Where(row => row.OrderId == order).OrderBy(row => row.Name).ToListAsync()).ConvertAll(row => (row.Name, row.AmountXaf))));
        Assert.Equal(1, await system.Ordering.WithDbAsync(db => db.Analytics.CountAsync(row => row.RestaurantId == place && row.Name == "restaurant_registered")));
    }

    [Fact]
    public async Task What_other_services_tell_counts_once_even_under_a_new_message_id()
    {
        var registered = new UserRegistered(Guid.NewGuid(), "customer", "fr", system.Clock.GetUtcNow());

        await system.Ordering.DeliverAsync(registered, times: 2);
        await system.Ordering.DeliverAsync(registered);

        Assert.Equal(1, await system.Ordering.WithDbAsync(db => db.Analytics.CountAsync(happened => happened.UserId == registered.UserId)));
    }

    [Theory]
    [InlineData("""{"events":[]}""")]
    [InlineData("""{"events":[null]}""")]
    [InlineData("""{"events":[{"name":"Bad Name"}]}""")]
    [InlineData("""{"events":[{"name":"order_placed"}]}""")]
    [InlineData("""{"events":[{"name":"user_registered"}]}""")]
    [InlineData("""{"events":[{"name":"restaurant_active"}]}""")]
    [InlineData("""{"events":[{"name":"payment_paid"}]}""")]
    [InlineData("""{"events":[{"name":"delivery_completed"}]}""")]
    [InlineData("""{"events":[{"name":"purchase"}]}""")]
    [InlineData("""{"event":"order_placed"}""")]
    [InlineData("""{"event":"Bad Name"}""")]
    [InlineData("""{"event":"seen","events":[{"name":"seen"}]}""")]
    [InlineData("""{"category":"x"}""")]
    [InlineData("""{"events":[{"name":"x","properties":[1]}]}""")]
    [InlineData("""{"events":[{"name":"x","price":1}]}""")]
    public async Task A_senseless_event_is_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await system.ClientOf("ordering").PostAsync(new Uri("/api/v1/analytics/track", UriKind.Relative), content);

        await answer.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Only_admins_read_the_rollups()
    {
        using var customer = await system.Customer(Guid.NewGuid()).GetAsync(new Uri("/api/v1/admin/analytics/events", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
    }

    private Task<HttpResponseMessage> TrackAsync(object happened) =>
        system.ClientOf("ordering").PostAsJsonAsync("/api/v1/analytics/track", new { events = new[] { happened } });

    private async Task RollUpAsync()
    {
        await using var scope = system.Ordering.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RollUpAnalytics>().RunAsync(CancellationToken.None);
    }

    private async Task<int> CountAsync(string name, string grain)
    {
        var path = new Uri($"/api/v1/admin/analytics/events?grain={grain}&name={name}", UriKind.Relative);
        var found = (await (await system.Admin().GetAsync(path)).DataAsync())["rollups"]!.AsArray();
        return found.Sum(rollup => rollup!["count"]!.GetValue<int>());
    }
}
