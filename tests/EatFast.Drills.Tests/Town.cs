using EatFast.Drills.Checking;

namespace EatFast.Drills.Tests;

/// <summary>Made-up evidence of a healthy day: one order delivered for mobile money, one for cash, one refused after it was paid, one
/// that nobody paid. Tests spoil one thing each.</summary>
internal static class Town
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly OrderStory Delivered = new("campay",
        "placed released confirmed preparing ready picked_up in_transit delivered completed");
    public static readonly OrderStory Cash = new("cash",
        "placed released confirmed preparing ready picked_up in_transit delivered completed");
    public static readonly OrderStory Refused = new("campay", "placed released rejected payment_refunded");
    public static readonly OrderStory Unpaid = new("campay", "placed expired");
    private static readonly string[] Queues = ["payments-create-payment", "notifications-notify-customer"];

    public static Evidence Healthy()
    {
        OrderStory[] stories = [Delivered, Cash, Refused, Unpaid];
        var outbox = stories.SelectMany(story => story.Outbox).ToList();
        Subscription[] subscriptions = [.. outbox.Select(message => message.Type).Distinct()
            .SelectMany(type => Queues.Select(queue => new Subscription(type, queue)))];
        return new Evidence
        {
            Calls = [.. stories.Select(story => story.Placed)],
            Orders = [.. stories.Select(story => story.Order)],
            History = [.. stories.SelectMany(story => story.History)],
            Keys = [.. stories.Select(story => new KeyRow(story.Placed.Principal, story.Placed.Key, story.Id))],
            Payments = [.. stories.Select(story => story.Payment)],
            Attempts = [.. stories.SelectMany(story => story.Attempts)],
            Ledger = [.. stories.SelectMany(story => story.Ledger)],
            Deliveries = [.. stories.SelectMany(story => story.Deliveries)],
            Drivers = [new DriverRow(OrderStory.Driver, "online")],
            Outbox = outbox,
            Subscriptions = subscriptions,
            Inbox = [.. outbox.SelectMany(message => Queues.Select(queue => new InboxRow(queue.Split('-')[0], queue, message.Id)))],
            Notices = [.. stories.SelectMany(story => story.Notices)],
            Texts = [.. stories.Select(story => story.Text)],
            SentTexts = [.. stories.Select(story => new SentText(story.Text.Id.ToString()))],
            Followed = [.. stories.Select(story => new FollowedRow(story.Id, story.Order.Version, story.Order.Status))],
            Movements = [.. stories.SelectMany(story => story.Movements)],
            Queues = [.. Queues.Select(queue => new QueueRow(queue, 0))],
            Healthy = [new Span(Noon, Noon.AddHours(1))]
        };
    }
}
