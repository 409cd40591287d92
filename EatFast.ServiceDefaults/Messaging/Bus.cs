using System.Reflection;
using EatFast.Data;
using EatFast.Errors;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EatFast.Messaging;

/// <summary>RabbitMQ through MassTransit: every consumer of the assembly on a quorum queue of its own, with inbox, retries and a dead-letter queue.</summary>
public static class Bus
{
    private const int DeliveryLimit = 20;

    /// <param name="builder">The service.</param>
    /// <param name="service">Prefix of its queues, so that two services never share one.</param>
    /// <param name="consumers">The assembly whose consumers are registered.</param>
    /// <param name="published">The Contracts assembly whose events it publishes.</param>
    public static void AddBus<TDb>(this WebApplicationBuilder builder, string service, Assembly consumers, Assembly published)
        where TDb : DbContext
    {
        builder.Services.AddSingleton(new MessageTypes(published));
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.ConfigureDbContext<TDb>((services, options) => options.AddInterceptors(services.GetRequiredService<OutboxSignal>()));
        builder.Services.AddHostedService<OutboxRelay<TDb>>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(service, includeNamespace: false));
            bus.AddConsumers(consumers.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IConsumer))).ToArray());
            // Orders go on while the broker is away: the outbox keeps their events.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
            bus.AddConfigureEndpointsCallback(ConfigureEndpoint);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(builder.Configuration.RequireConnectionString("rabbitmq")), host => host.Heartbeat(TimeSpan.FromSeconds(10)));
                rabbit.UseConsumeFilter(typeof(Inbox<>), context);
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            // The process starts and serves HTTP even when the broker is not there yet.
            options.WaitUntilStarted = false;
            options.StopTimeout = TimeSpan.FromSeconds(10);
        });
    }

    private static void ConfigureEndpoint(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 8;
        // Events about one aggregate are handled one after the other, others beside them.
        endpoint.UsePartitioner<ConsumeContext>(8, message => message.Headers.Get<string>(OutboxRelay<DbContext>.PartitionHeader) is { } key
            ? Guid.Parse(key)
            : message.MessageId ?? Guid.Empty);
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(HttpErrors.IsOutage);
            retry.Intervals(Seconds(0.2, 0.5, 1, 2, 4, 8, 15, 30, 30, 30, 30));
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(exception => !HttpErrors.IsOutage(exception));
            retry.Intervals(Seconds(0.1, 0.5, 2));
        });
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
            rabbit.BindDeadLetterQueue($"{name}_dead", $"{name}_dead", queue => queue.SetQueueArgument("x-queue-type", "quorum"));
        }
    }

    private static TimeSpan[] Seconds(params double[] seconds) => Array.ConvertAll(seconds, TimeSpan.FromSeconds);
}

/// <summary>The event types a service publishes, found by the full name that stands in its outbox.</summary>
internal sealed class MessageTypes(Assembly published)
{
    public Type Find(string fullName) =>
        published.GetType(fullName) ?? throw new InvalidOperationException($"{fullName} is not in {published.GetName().Name}.");
}
