using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I8: each change of an order was announced, each announcement reached every consumer that is bound to it, and each of
/// them shows its effect once.</summary>
internal sealed class MessagesTakeEffectOnce : IInvariant
{
    private const string Ordering = "EatFast.Ordering.Contracts.";

    // A line of history, the event that tells of it, and the entry in the customer's list.
    private static readonly Dictionary<string, string> Events = new()
    {
        ["placed"] = "OrderPlaced",
        ["released"] = "OrderReleased",
        ["confirmed"] = "OrderConfirmed",
        ["rejected"] = "OrderRejected",
        ["preparing"] = "OrderPreparing",
        ["ready"] = "OrderReady",
        ["picked_up"] = "OrderPickedUp",
        ["in_transit"] = "OrderInTransit",
        ["delivered"] = "OrderDelivered",
        ["cancelled"] = "OrderCancelled",
        ["expired"] = "OrderExpired"
    };

    public string Id => "I8";

    public string Promise => "each message takes effect once in each consumer";

    public void Check(Evidence evidence, Findings findings)
    {
        CheckInbox(evidence, findings);
        CheckAnnouncements(evidence, findings);
        CheckEffects(evidence, findings);
    }

    private static void CheckInbox(Evidence evidence, Findings findings)
    {
        var handled = evidence.Inbox.CountBy(row => (row.Consumer, row.MessageId)).ToDictionary();
        var queues = evidence.Subscriptions.ToLookup(one => one.Type, one => one.Queue);
        // A copy for one consumer carries the first message's id.
        foreach (var message in evidence.Outbox.Where(row => row is { SentAt: not null, OnlyFor: null }))
            foreach (var queue in queues[message.Type])
                findings.Expect(
                    handled.GetValueOrDefault((queue, message.Id)) == 1,
                    () => $"{queue} handled {message.Type} {message.Id} {handled.GetValueOrDefault((queue, message.Id))} times");
    }

    private static void CheckAnnouncements(Evidence evidence, Findings findings)
    {
        var announced = evidence.Outbox.Where(row => row.OnlyFor is null).CountBy(row => (row.About, row.Type)).ToDictionary();
        foreach (var change in evidence.History.Where(change => Events.ContainsKey(change.Kind)))
        {
            var times = announced.GetValueOrDefault((change.OrderId, Ordering + Events[change.Kind]));
            // The watchdog tells again of what nobody seems to have heard; that it has no second effect is checked with the effects.
            findings.Expect(times >= 1, () => $"order {change.OrderId} became {change.Kind}, which was not announced");
        }
    }

    private static void CheckEffects(Evidence evidence, Findings findings)
    {
        var told = evidence.Notices.CountBy(notice => (notice.SubjectId, notice.Kind)).ToDictionary();
        foreach (var change in evidence.History.Where(change => Events.ContainsKey(change.Kind)))
        {
            var times = told.GetValueOrDefault((change.OrderId, $"order.{change.Kind}"));
            findings.Expect(times == 1, () => $"the customer was told {times} times that order {change.OrderId} is {change.Kind}");
        }

        var paid = evidence.Payments.Select(payment => payment.OrderId).ToHashSet();
        var carried = evidence.Deliveries.Select(delivery => delivery.OrderId).ToHashSet();
        foreach (var order in evidence.Orders)
            findings.Expect(paid.Contains(order.Id), () => $"order {order.Id} has no payment");
        foreach (var confirmed in evidence.History.Where(change => change.Kind == "confirmed"))
            findings.Expect(carried.Contains(confirmed.OrderId), () => $"order {confirmed.OrderId} was confirmed and has no delivery");
    }
}
