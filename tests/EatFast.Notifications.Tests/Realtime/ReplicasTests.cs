using EatFast.Notifications.Data;
using EatFast.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EatFast.Notifications.Tests.Realtime;

public sealed class TwoReplicas : NotificationsSystem
{
    public HostedService<NotificationsDbContext> Other { get; private set; } = null!;

    protected override async Task HostAsync()
    {
        await base.HostAsync();
        Other = await AddServiceAsync<NotificationsDbContext>("notifications");
    }
}

/// <summary>Nothing listens at its Redis address.</summary>
public sealed class WithoutRedis : NotificationsSystem
{
    protected override Task HostAsync()
    {
        Set("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200,connectRetry=1");
        return base.HostAsync();
    }
}

public sealed class ReplicasTests(TwoReplicas system) : IClassFixture<TwoReplicas>
{
    [Fact]
    public async Task Clients_of_both_replicas_hear_everything_once()
    {
        var story = new Story(system);
        await using var here = await Listener.OpenAsync(system, story.CustomerId);
        await using var there = await Listener.OpenAsync(system, story.CustomerId, replica: system.Other);
        await there.CallAsync("SubscribeOrder", story.OrderId);

        await system.Service.Services.GetRequiredService<IBus>().Publish(story.Ready(), publish => publish.MessageId = Guid.NewGuid());
        await system.Service.Services.GetRequiredService<IConnectionMultiplexer>().GetSubscriber().PublishAsync(
            RedisChannel.Literal("delivery:location"),
            $$"""{"driverId":"{{story.CustomerId}}","orderId":"{{story.OrderId}}","latitude":4,"longitude":9}""");

        foreach (var listener in new[] { here, there })
        {
            await listener.HearAsync("delivery:location");
            await listener.HearAsync("order:status_updated");
            await listener.HearAsync("user:notification");
            Assert.Single(listener.Heard("delivery:location"));
            Assert.Single(listener.Heard("order:status_updated"));
            Assert.Single(listener.Heard("user:notification"));
        }
    }

    [Fact]
    public async Task Two_senders_send_a_text_once()
    {
        var stories = Enumerable.Range(0, 20).Select(_ => new Story(system)).ToList();
        var bus = system.Service.Services.GetRequiredService<IBus>();

        foreach (var story in stories)
            await bus.Publish(story.Cancelled(), publish => publish.MessageId = Guid.NewGuid());

        foreach (var story in stories)
        {
            await system.FirstSentToAsync(story.Phone);
            Assert.Single(await system.SentToAsync(story.Phone));
        }
    }
}

public sealed class WithoutRedisTests(WithoutRedis system) : IClassFixture<WithoutRedis>
{
    [Fact]
    public async Task Clients_of_the_same_replica_still_hear()
    {
        var story = new Story(system);
        await using var customer = await Listener.OpenAsync(system, story.CustomerId);

        await system.Service.DeliverAsync(story.Ready());

        Assert.Equal("ready", (await customer.HearAsync("order:status_updated")).Text("status"));
    }
}
