using System.Collections.Concurrent;
using EatFast.Data;
using EatFast.Messaging;
using EatFast.Security;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EatFast.Testing;

/// <summary>One real service in the test's process, on its real stores; its DbContext names it.</summary>
public sealed class HostedService<TDb> : WebApplicationFactory<TDb>, IReceiveObserver where TDb : DbContext
{
    private readonly ConcurrentDictionary<Guid, int> _received = new();
    private readonly ConcurrentDictionary<Guid, Exception> _faults = new();
    private readonly TestSystem _system;
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly string _schema;

    internal HostedService(TestSystem system, string schema, IReadOnlyDictionary<string, string?> settings)
    {
        (_system, _schema, _settings) = (system, schema, settings);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        // The factory would look for the sources, which need not lie where it expects them.
        builder.UseContentRoot(AppContext.BaseDirectory);
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_system.Clock));
            if (_schema != "identity")
                services.Replace(ServiceDescriptor.Singleton<IRevocationSource>(_system.Tokens));
            services.AddTransient<IStartupFilter, ThroughTheGateway>();
            services.ConfigureAll<HttpClientFactoryOptions>(options =>
                options.HttpMessageHandlerBuilderActions.Add(client => client.PrimaryHandler = _system.Router));
        });
    }

    internal async Task StartAsync(Func<TDb, CancellationToken, Task>? seed)
    {
        var login = _settings["ConnectionStrings:eatfast"]!;
        await _system.Stores.InTurnAsync(() => Migrations.ApplyAsync(_system.OwnerConnection, login, _schema, seed, CancellationToken.None));
        _system.Router.Add(_schema, Server.CreateHandler());
        var bus = Services.GetRequiredService<IBusControl>();
        bus.ConnectReceiveObserver(this);
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
    }

    /// <summary>Reads or prepares rows the way the service would.</summary>
    public async Task<TResult> WithDbAsync<TResult>(Func<TDb, Task<TResult>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>Publishes through the real broker, under the given id each time, and returns when every copy has been handled.</summary>
    public async Task DeliverAsync<TMessage>(TMessage message, Guid? messageId = null, int times = 1) where TMessage : class
    {
        var id = messageId ?? Guid.CreateVersion7(_system.Clock.GetUtcNow());
        var already = _received.GetValueOrDefault(id);
        // Each consumer has a queue of its own, and each queue its copy.
        var copies = times * Math.Max(1, typeof(TDb).Assembly.GetTypes().Count(typeof(IConsumer<TMessage>).IsAssignableFrom));
        for (var copy = 0; copy < times; copy++)
            await Services.GetRequiredService<IBus>().Publish(message, publish => publish.MessageId = id);
        await Eventually.AsTrue(() => _faults.ContainsKey(id) || _received.GetValueOrDefault(id) >= already + copies, $"{typeof(TMessage).Name} was handled");
        if (_faults.TryGetValue(id, out var fault))
            throw new InvalidOperationException($"{typeof(TMessage).Name} was not handled.", fault);
    }

    /// <summary>The events of this type that the service has saved for publishing, oldest first.</summary>
    public Task<List<TEvent>> AnnouncedAsync<TEvent>() => WithDbAsync(async db =>
    {
        var rows = await db.Set<OutboxMessage>().AsNoTracking()
            .Where(row => row.Type == typeof(TEvent).FullName).OrderBy(row => row.Sequence).ToListAsync();
        return rows.ConvertAll(row => System.Text.Json.JsonSerializer.Deserialize<TEvent>(row.Body, System.Text.Json.JsonSerializerOptions.Web)!);
    });

    /// <summary>A connection with the service's own login, to prove what it may not do.</summary>
    public async Task<NpgsqlConnection> OpenOwnConnectionAsync()
    {
        var connection = new NpgsqlConnection(_settings["ConnectionStrings:eatfast"]);
        await connection.OpenAsync();
        return connection;
    }

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context)
    {
        if (context.GetMessageId() is { } id)
            _received.AddOrUpdate(id, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => Task.CompletedTask;

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception)
    {
        if (context.GetMessageId() is { } id)
            _faults[id] = exception;
        return Task.CompletedTask;
    }
}
