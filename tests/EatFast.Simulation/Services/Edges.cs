using EatFast.Messaging;
using EatFast.Simulation.Outside;
using Grpc.Core;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EatFast.Simulation.Services;

/// <summary>Where a service touches the machine: time, broker, neighbours, provider, Redis, logs. Everything inside is its own.</summary>
internal static class Edges
{
    /// <summary>Takes out what the world replaces, once.</summary>
    public static void Forget(IServiceCollection services, Type dbContext)
    {
        foreach (var known in services.Where(known => IsReplaced(known.ServiceType, dbContext)).ToList())
            services.Remove(known);
    }

    public static void Replace(IServiceCollection services, Life life)
    {
        var world = life.World;
        services.AddSingleton<TimeProvider>(world.Clock);
        services.AddSingleton(FakeBus.For(life));
        services.AddSingleton<IOutboxTable, SimOutboxTable>();
        services.AddSingleton<ILoggerFactory>(new TracedLogs(life));
        services.AddSingleton(_ => FakeRedis.Away());
        foreach (var client in life.Service.Blueprint.GrpcClients)
            services.AddTransient(client, _ => Activator.CreateInstance(client, new NeighbourCalls(life))!);
        services.ConfigureAll<HttpClientFactoryOptions>(options =>
        {
            options.HandlerLifetime = Timeout.InfiniteTimeSpan;
            options.HttpMessageHandlerBuilderActions.Add(handlers =>
            {
                handlers.AdditionalHandlers.Clear();
                handlers.PrimaryHandler = new ProviderCalls(life);
            });
        });
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
    }

    private static bool IsReplaced(Type type, Type dbContext) =>
        type == dbContext || type.IsAssignableTo(typeof(ClientBase))
        || (type.GenericTypeArguments.Contains(dbContext) && IsOfEntityFramework(type))
        || type == typeof(TimeProvider) || type == typeof(IBus) || type == typeof(IOutboxTable)
        || type == typeof(ILoggerFactory) || type == typeof(IConnectionMultiplexer);

    private static bool IsOfEntityFramework(Type type) =>
        type.Namespace!.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal);
}
