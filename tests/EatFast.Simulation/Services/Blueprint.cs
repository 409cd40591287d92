using EatFast.Delivery.Data;
using EatFast.Messaging;
using EatFast.Ordering.Data;
using EatFast.Payments.Data;
using EatFast.Simulation.Store;
using Grpc.Core;
using MassTransit;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EatFast.Simulation.Services;

/// <summary>
/// A service as its own Program.cs makes it: registrations, routes, consumers, works. Read once by starting that program
/// without its background work; each life of a process then gets fresh objects from the same registrations.
/// </summary>
internal sealed class Blueprint
{
    private static readonly Lazy<Blueprint[]> Everyone = new(() =>
    [
        Of<OrderingDbContext>("ordering"), Of<PaymentsDbContext>("payments"), Of<DeliveryDbContext>("delivery")
    ]);

    private readonly IServiceCollection _registrations = new ServiceCollection();
    private readonly Action<IServiceCollection, Life> _addStore;

    private Blueprint(string name, Action<IServiceCollection, Life> addStore) => (Name, _addStore) = (name, addStore);

    public static IReadOnlyList<Blueprint> All => Everyone.Value;

    public string Name { get; }

    public string Schema { get; private set; } = "";

    public Routes Routes { get; private set; } = null!;

    public IReadOnlyList<Subscription> Subscriptions { get; private set; } = [];

    public IReadOnlyList<WorkRhythm> Works { get; private set; } = [];

    /// <summary>The typed clients of its neighbours.</summary>
    public IReadOnlyList<Type> GrpcClients { get; private set; } = [];

    /// <summary>The registrations of a new process, with the machine's edges replaced by the world's.</summary>
    public ServiceProvider Build(Life life)
    {
        IServiceCollection services = new ServiceCollection();
        foreach (var registration in _registrations)
            services.Add(registration);
        services.AddSingleton(life);
        _addStore(services, life);
        Edges.Replace(services, life);
        return services.BuildServiceProvider();
    }

    private static Blueprint Of<TDb>(string name) where TDb : DbContext
    {
        var blueprint = new Blueprint(name, SimStore<TDb>.Add);
        using (var db = SimStore<TDb>.Open())
            blueprint.Schema = db.Database.GenerateCreateScript() + SimModel.Triggers;
        blueprint.Read<TDb>();
        return blueprint;
    }

    private void Read<TDb>() where TDb : DbContext
    {
        ProgramHost<TDb>.Prepare();
        using var program = new ProgramHost<TDb>(Name, _registrations);
        var endpoints = program.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().DistinctBy(endpoint => endpoint).ToList();
        Routes = new Routes(endpoints);
        Works = [.. program.Services.GetServices<WorkRhythm>().OrderBy(rhythm => rhythm.Work.Name, StringComparer.Ordinal)];
        GrpcClients = [.. _registrations.Select(known => known.ServiceType)
            .Where(type => type.IsAssignableTo(typeof(ClientBase))).Distinct()];
        Subscriptions = [.. Subscription.Of(Name, typeof(TDb).Assembly)];
        // Settings only, but they carry what the serializer has learnt about types, which takes long to learn.
        _registrations.AddSingleton(Options.Create(program.Services.GetRequiredService<IOptions<JsonOptions>>().Value));
        Edges.Forget(_registrations, typeof(TDb));
        _registrations.AddSingleton<IRelay>(services =>
            new RelayOf<TDb>(ActivatorUtilities.GetServiceOrCreateInstance<OutboxRelay<TDb>>(services)));
        _registrations.AddTransient<IFilter<ConsumeContext>>(services =>
            ActivatorUtilities.GetServiceOrCreateInstance<Redelivery<TDb>>(services));
    }
}
