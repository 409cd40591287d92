using EatFast.Simulation.Core;

namespace EatFast.Simulation.Services;

/// <summary>A message as the broker holds it.</summary>
internal sealed record Envelope(Guid Id, Type Type, object Body, IReadOnlyDictionary<string, object> Headers);

/// <summary>
/// Keeps what it has taken until a consumer confirms it; delivers twice, late and in any order, as a broker may.
/// </summary>
internal sealed class Broker(World world)
{
    private const int MostDeliveries = 60;
    private readonly Dictionary<(string Queue, Guid Id), int> _handled = [];

    /// <summary>Which message each queue has confirmed as handled.</summary>
    public IReadOnlyDictionary<(string Queue, Guid Id), int> Handled => _handled;

    public int Waiting { get; private set; }

    /// <summary>Hears of each event that was published, as the apps of people do.</summary>
    public event Action<object>? Published;

    public void AcceptFrom(Life sender, Envelope envelope, string? queue)
    {
        if (!sender.IsDead)
            Accept(envelope, queue);
    }

    public void Accept(Envelope envelope, string? queue)
    {
        world.Trace.Add($"broker takes {envelope.Type.Name} #{world.Ids.NumberOf(envelope.Id)}{(queue is null ? "" : $" for {queue}")}");
        foreach (var service in world.Services)
        {
            foreach (var subscription in service.Blueprint.Subscriptions)
            {
                if (subscription.Message != envelope.Type || (queue is not null && subscription.Queue != queue))
                    continue;
                Deliver(service, subscription, envelope, DelayOf(), 1);
                if (world.Chance(world.Faults.Duplicate))
                    Deliver(service, subscription, envelope, DelayOf() + world.Between(0, 5), 2);
            }
        }
        if (queue is null)
            Published?.Invoke(envelope.Body);
    }

    private TimeSpan DelayOf()
    {
        if (!world.Chance(world.Faults.LateMessage))
            return world.Between(0.001, 0.02);
        return world.Chance(0.1) ? world.Between(60, 3600) : world.Between(0.1, 30);
    }

    private void Deliver(Service service, Subscription subscription, Envelope envelope, TimeSpan delay, int delivery)
    {
        Waiting++;
        world.After(delay, () =>
        {
            Waiting--;
            if (service.Pick() is { } life)
                Consume(life, subscription, envelope, delivery);
            else
                Deliver(service, subscription, envelope, world.Between(0.2, 2), delivery);
        });
    }

    private void Consume(Life life, Subscription subscription, Envelope envelope, int delivery)
    {
        Waiting++;
        var isConfirmed = world.Scenario.Sabotage == Sabotage.AckBeforeCommit;
        life.Run(
            $"{subscription.Queue} {envelope.Type.Name} #{world.Ids.NumberOf(envelope.Id)}",
            async (scope, ct) =>
            {
                await subscription.HandleAsync(scope, life, envelope, delivery, ct);
                await life.BoundaryAsync("confirms the message");
            },
            failure =>
            {
                Waiting--;
                Settle(life.Service, subscription, envelope, delivery, isConfirmed ? null : failure);
            });
    }

    private void Settle(Service service, Subscription subscription, Envelope envelope, int delivery, Exception? failure)
    {
        var key = (subscription.Queue, envelope.Id);
        if (failure is null)
            _handled[key] = _handled.GetValueOrDefault(key) + 1;
        else if (failure is ProcessDiedException || delivery < MostDeliveries)
            Deliver(service, subscription, envelope, world.Between(0.1, 1), delivery + 1);
        else
            world.Violate($"I13 {subscription.Queue} gives up {envelope.Type.Name}: {failure.Message}");
    }
}
