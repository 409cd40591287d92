using System.Net;
using System.Net.Http.Json;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Ordering.Tests.Features;

public sealed class AnalyticsTests(OrderingSystem system)
{
    [Fact]
    public async Task Each_step_of_an_order_is_one_event()
    {
        var order = await system.OrderAtAsync("ready");

        var names = await system.Ordering.WithDbAsync(db => db.Analytics.Where(happened => happened.OrderId == order.Id)
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
