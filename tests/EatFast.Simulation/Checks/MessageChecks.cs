using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Checks;

/// <summary>I9: nothing rests in an outbox. I8: each queue took effect once for each message it confirmed; none took a message not at all.</summary>
internal static class MessageChecks
{
    public static void Check(World world)
    {
        foreach (var service in world.Services)
        {
            var unsent = service.Database.Count("SELECT count(*) FROM outbox_messages WHERE sent_at IS NULL");
            if (unsent > 0)
                world.Violate($"I9 {service.Name} still has {unsent} events to publish");
            CheckInbox(world, service);
        }
        CheckArrivals(world);
    }

    private static void CheckInbox(World world, Service service)
    {
        var seen = service.Database.Rows("SELECT consumer, message_id FROM inbox_messages")
            .Select(row => ((string)row[0], (long)row[1])).ToHashSet();
        var queues = service.Blueprint.Subscriptions.Select(subscription => subscription.Queue).ToHashSet();
        foreach (var (queue, id) in world.Broker.Handled.Keys.Where(handled => queues.Contains(handled.Queue)))
            if (!seen.Contains((queue, world.Ids.NumberOf(id))))
                world.Violate($"I8 {queue} confirmed message #{world.Ids.NumberOf(id)} without a trace in its inbox");
    }

    // Every stored event has reached everybody who listens to its kind.
    private static void CheckArrivals(World world)
    {
        var listeners = world.Services.SelectMany(service => service.Blueprint.Subscriptions).ToLookup(subscription => subscription.Message.FullName);
        foreach (var service in world.Services)
            foreach (var staged in service.Database.Rows("SELECT type, id FROM outbox_messages WHERE destination IS NULL"))
                foreach (var listener in listeners[(string)staged[0]])
                    if (!world.Broker.Handled.ContainsKey((listener.Queue, world.Ids.IdOf((long)staged[1]))))
                        world.Violate($"I8 {listener.Queue} never handled {staged[0]} #{staged[1]}");
    }
}
