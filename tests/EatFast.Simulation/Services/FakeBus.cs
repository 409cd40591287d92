using System.Reflection;
using EatFast.Simulation.Core;
using MassTransit;
using MassTransit.Context;
using StackExchange.Redis;

namespace EatFast.Simulation.Services;

/// <summary>The bus as the relay sees it: publish to everybody, or send to one queue.</summary>
public class FakeBus : DispatchProxy
{
    private Life _life = null!;

    internal static IBus For(Life life)
    {
        var bus = Create<IBus, FakeBus>();
        ((FakeBus)(object)bus)._life = life;
        return bus;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        ("Publish", [object message, Type type, IPipe<PublishContext> pipe, CancellationToken]) =>
            PublishAsync(message, type, null, context => pipe.Send((PublishContext)context)),
        ("GetSendEndpoint", [Uri queue]) => Task.FromResult(FakeEndpoint.For(this, queue.AbsolutePath)),
        _ => throw new NotSupportedException($"IBus.{targetMethod.Name} is not simulated.")
    };

    internal async Task PublishAsync(object message, Type type, string? queue, Func<SendContext, Task> describe)
    {
        var kind = typeof(MessageSendContext<>).MakeGenericType(type);
        var context = (SendContext)Activator.CreateInstance(kind, message, CancellationToken.None)!;
        await describe(context);
        var (world, broker) = (_life.World, _life.World.Broker);
        var headers = context.Headers.GetAll().ToDictionary(header => header.Key, header => header.Value);
        var envelope = new Envelope(context.MessageId!.Value, type, message, headers);
        if (world.Scenario.Sabotage == Sabotage.MarkBeforeConfirm)
        {
            // Told "published" while it is still on its way, with the process that sends it.
            var life = _life;
            world.After(world.Between(0.001, 2), () => broker.AcceptFrom(life, envelope, queue));
            return;
        }
        await _life.BoundaryAsync($"publishes {type.Name}");
        var isLost = world.Chance(world.Faults.LostPublish);
        if (isLost && world.Chance(0.5))
            throw new IOException("The broker did not take it.");
        broker.Accept(envelope, queue);
        await _life.BoundaryAsync("waits for the broker's confirm");
        if (isLost)
            throw new TimeoutException("The broker's confirm got lost.");
    }
}

/// <summary>One queue, as the relay sends a message to it once more.</summary>
public class FakeEndpoint : DispatchProxy
{
    private FakeBus _bus = null!;
    private string _queue = "";

    internal static ISendEndpoint For(FakeBus bus, string queue)
    {
        var endpoint = Create<ISendEndpoint, FakeEndpoint>();
        var fake = (FakeEndpoint)(object)endpoint;
        (fake._bus, fake._queue) = (bus, queue);
        return endpoint;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        ("Send", [object message, Type type, IPipe<SendContext> pipe, CancellationToken]) =>
            _bus.PublishAsync(message, type, _queue, pipe.Send),
        _ => throw new NotSupportedException($"ISendEndpoint.{targetMethod.Name} is not simulated.")
    };
}

/// <summary>A Redis that is away all the time: positions are then merely not live.</summary>
public class FakeRedis : DispatchProxy
{
    internal static IConnectionMultiplexer Away() => Create<IConnectionMultiplexer, FakeRedis>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "There is no Redis in the simulation.");
}
