using System.Reflection;
using EatFast.Data;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EatFast.Messaging;

/// <summary>RabbitMQ through MassTransit: each consumer of the assembly on a quorum queue of its own, with inbox, retries and dead letters.</summary>
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
        var types = consumers.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IConsumer))).ToArray();
        builder.Services.AddSingleton(new MessageTypes(published, types.SelectMany(MessagesOf)));
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.ConfigureDbContext<TDb>((services, options) => options.AddInterceptors(services.GetRequiredService<OutboxSignal>()));
        builder.Services.AddSingleton<OutboxTable<TDb>>().AddSingleton<IOutboxTable>(services => services.GetRequiredService<OutboxTable<TDb>>());
        builder.Services.AddSingleton<OutboxPublisher>().AddSingleton<OutboxRelay<TDb>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OutboxRelay<TDb>>());
        builder.Services.AddHostedService<OutboxBell<TDb>>();
        builder.Services.AddSingleton<Redelivery<TDb>>();
        builder.Services.AddSingleton(new OwnQueues(service)).AddSingleton<DeadLetters>().AddScoped<StuckMessageStore>();
        builder.AddPeriodicWork<Retention<TDb>>(TimeSpan.FromMinutes(5));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(service, includeNamespace: false));
            bus.AddConsumers(types);
            // Orders go on while the broker is away: the outbox keeps their events.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
            bus.AddConfigureEndpointsCallback(ConfigureEndpoint<TDb>);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(builder.Configuration.RequireConnectionString("rabbitmq")), host => ConfigureHost(host, context));
                rabbit.RequireWholeMessages();
                DeadLetters.Configure(rabbit.SendTopology);
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

    private static void ConfigureHost(IRabbitMqHostConfigurator host, IServiceProvider services)
    {
        host.Heartbeat(TimeSpan.FromSeconds(10));
        var (clock, logger) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<IBus>>());
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        host.OnRefreshConnectionFactory = factory => BrokerReturn.AwaitAsync(factory, clock, logger, stopping);
    }

    private static void ConfigureEndpoint<TDb>(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint)
        where TDb : DbContext
    {
        context.GetRequiredService<OwnQueues>().Add(name);
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 8;
        // Events about one aggregate are handled one after the other, others beside them.
        endpoint.UsePartitioner<ConsumeContext>(8, message => message.Headers.Get<string>(OutboxPublisher.PartitionHeader) is { } key
            ? Guid.Parse(key)
            : message.MessageId ?? Guid.Empty);
        endpoint.UseFilter(context.GetRequiredService<Redelivery<TDb>>());
        endpoint.UseConsumeFilter(typeof(Inbox<>), context);
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.ConfigureChannel(channel =>
                channel.UseFilter(new BrokerReturn.LeaveDeadChannel(context.GetRequiredService<TimeProvider>())));
            rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
            var dead = DeadLetters.QueueOf(name);
            rabbit.BindDeadLetterQueue(dead, dead, queue => queue.SetQueueArgument("x-queue-type", "quorum"));
        }
    }

    private static IEnumerable<Type> MessagesOf(Type consumer) =>
        from handled in consumer.GetInterfaces()
        where handled.IsGenericType && handled.GetGenericTypeDefinition() == typeof(IConsumer<>)
        select handled.GenericTypeArguments[0];
}
