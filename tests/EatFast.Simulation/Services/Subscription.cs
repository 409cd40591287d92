using System.Reflection;
using System.Text.Json;
using EatFast.Messaging;
using EatFast.Simulation.Core;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Simulation.Services;

/// <summary>A consumer on its queue; a message passes the service's own redelivery, retries and inbox on its way to it.</summary>
internal abstract class Subscription
{
    public required string Queue { get; init; }

    public abstract Type Message { get; }

    public abstract Task HandleAsync(IServiceProvider scope, Life life, Envelope envelope, int delivery, CancellationToken ct);

    public static IEnumerable<Subscription> Of(string service, Assembly assembly)
    {
        var names = new KebabCaseEndpointNameFormatter(service, includeNamespace: false);
        var name = typeof(KebabCaseEndpointNameFormatter).GetMethod(nameof(names.Consumer))!;
        return
            from consumer in assembly.GetTypes()
            where consumer is { IsClass: true, IsAbstract: false } && consumer.IsAssignableTo(typeof(IConsumer))
            orderby consumer.Name
            from handled in consumer.GetInterfaces()
            where handled.IsGenericType && handled.GetGenericTypeDefinition() == typeof(IConsumer<>)
            let queue = (string)name.MakeGenericMethod(consumer).Invoke(names, null)!
            orderby consumer.Name, handled.GenericTypeArguments[0].Name
            select Make(consumer, handled.GenericTypeArguments[0], queue);
    }

    private static Subscription Make(Type consumer, Type message, string queue)
    {
        var type = typeof(Subscription<,>).MakeGenericType(consumer, message);
        return (Subscription)Activator.CreateInstance(type, queue)!;
    }
}

internal sealed class Subscription<TConsumer, TMessage> : Subscription where TConsumer : IConsumer<TMessage> where TMessage : class
{
    private static readonly TimeSpan[] Retries = [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5)];

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public Subscription(string queue) => Queue = queue;

    public override Type Message => typeof(TMessage);

    public override Task HandleAsync(IServiceProvider scope, Life life, Envelope envelope, int delivery, CancellationToken ct)
    {
        var context = FakeContext<TMessage>.For(life, Queue, envelope, delivery, ct);
        var redelivery = scope.GetService<IFilter<ConsumeContext>>();
        var retried = new Pipe<ConsumeContext>(_ => RetryAsync(life, context));
        return redelivery is null ? retried.Send(context) : redelivery.Send(context, retried);
    }

    private static async Task RetryAsync(Life life, ConsumeContext<TMessage> context)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await HandleOnceAsync(life, context);
                return;
            }
            catch (Exception failure) when (attempt < Retries.Length && failure is not ProcessDiedException)
            {
                life.World.Trace.Add($"{life.Name} tries again after {failure.GetType().Name}");
                await life.WaitAsync(resume => life.World.After(Retries[attempt], resume));
            }
        }
    }

    private static async Task HandleOnceAsync(Life life, ConsumeContext<TMessage> context)
    {
        await using var scope = life.Provider.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var consumer = ActivatorUtilities.GetServiceOrCreateInstance<TConsumer>(services);
        var pipe = new Pipe<ConsumeContext<TMessage>>(consumer.Consume);
        if (life.World.Scenario.Sabotage != Sabotage.NoInbox)
        {
            await ActivatorUtilities.CreateInstance<Inbox<TMessage>>(services).Send(context, pipe);
            return;
        }
        await pipe.Send(context);
        await services.GetRequiredService<DbContext>().SaveChangesAsync();
    }

    private sealed class Pipe<TContext>(Func<TContext, Task> next) : IPipe<TContext> where TContext : class, PipeContext
    {
        public Task Send(TContext context) => next(context);

        public void Probe(ProbeContext context) => context.CreateScope("simulation");
    }
}

/// <summary>A received message as filters and consumers see it.</summary>
public class FakeContext<TMessage> : DispatchProxy where TMessage : class
{
    private Envelope _envelope = null!;
    private ReceiveContext _receive = null!;
    private CancellationToken _ct;

    internal static ConsumeContext<TMessage> For(Life life, string queue, Envelope envelope, int delivery, CancellationToken ct)
    {
        var context = Create<ConsumeContext<TMessage>, FakeContext<TMessage>>();
        var fake = (FakeContext<TMessage>)(object)context;
        (fake._envelope, fake._ct, fake._receive) = (envelope, ct, FakeReceive.For(queue, envelope, delivery > 1));
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_Message" => _envelope.Body,
        "get_MessageId" => (Guid?)_envelope.Id,
        "get_CancellationToken" => _ct,
        "get_ReceiveContext" => _receive,
        "get_Headers" => new FakeHeaders(_envelope.Headers),
        "NotifyConsumed" or "NotifyFaulted" => Task.CompletedTask,
        _ => throw new NotSupportedException($"ConsumeContext.{targetMethod.Name} is not simulated.")
    };
}

/// <summary>The transport's side of a received message.</summary>
public class FakeReceive : DispatchProxy
{
    private string _queue = "";
    private Envelope _envelope = null!;
    private bool _isRedelivered;

    internal static ReceiveContext For(string queue, Envelope envelope, bool isRedelivered)
    {
        var context = Create<ReceiveContext, FakeReceive>();
        var fake = (FakeReceive)(object)context;
        (fake._queue, fake._envelope, fake._isRedelivered) = (queue, envelope, isRedelivered);
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_InputAddress" => new Uri($"rabbitmq://simulation/{_queue}"),
        "get_Redelivered" => _isRedelivered,
        "get_Body" => new StringMessageBody(JsonSerializer.Serialize(new
        {
            messageType = new[] { $"urn:message:{_envelope.Type.Namespace}:{_envelope.Type.Name}" },
            message = _envelope.Body
        }, JsonSerializerOptions.Web)),
        "NotifyConsumed" or "NotifyFaulted" => Task.CompletedTask,
        _ => throw new NotSupportedException($"ReceiveContext.{targetMethod.Name} is not simulated.")
    };
}
