namespace EatFast.Drills.Checking;

/// <summary>All that is known from outside about a stretch of time: what clients were told, what the database holds, what the
/// provider did. The checker joins nothing else.</summary>
public sealed record Evidence
{
    public IReadOnlyList<ClientCall> Calls { get; init; } = [];
    public IReadOnlyList<OrderRow> Orders { get; init; } = [];
    public IReadOnlyList<HistoryRow> History { get; init; } = [];
    public IReadOnlyList<KeyRow> Keys { get; init; } = [];
    public IReadOnlyList<PaymentRow> Payments { get; init; } = [];
    public IReadOnlyList<AttemptRow> Attempts { get; init; } = [];
    public IReadOnlyList<LedgerRow> Ledger { get; init; } = [];
    public IReadOnlyList<DeliveryRow> Deliveries { get; init; } = [];
    public IReadOnlyList<DriverRow> Drivers { get; init; } = [];
    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];
    public IReadOnlyList<InboxRow> Inbox { get; init; } = [];
    public IReadOnlyList<Subscription> Subscriptions { get; init; } = [];
    public IReadOnlyList<NoticeRow> Notices { get; init; } = [];
    public IReadOnlyList<TextRow> Texts { get; init; } = [];
    public IReadOnlyList<FollowedRow> Followed { get; init; } = [];
    public IReadOnlyList<Movement> Movements { get; init; } = [];
    public IReadOnlyList<SentText> SentTexts { get; init; } = [];
    public IReadOnlyList<QueueRow> Queues { get; init; } = [];
    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];
    /// <summary>The bad messages that a drill published itself; the same id may go to several queues.</summary>
    public IReadOnlyList<Poison> Poisons { get; init; } = [];
    /// <summary>What a drill saw itself, beside the rows: the invariant it breaks and how.</summary>
    public IReadOnlyList<Violation> Observed { get; init; } = [];
    /// <summary>Personal data of the drill's people, and the files in which it was found in the clear.</summary>
    public IReadOnlyList<Leak> Leaks { get; init; } = [];
    /// <summary>False while there was a fault: the lag of the outbox is promised in health only.</summary>
    public IReadOnlyList<Span> Healthy { get; init; } = [];
}

/// <summary>One attempt at a call that has to have one effect; status 0 means that no answer came.</summary>
public sealed record ClientCall(string Kind, string Key, string Principal, int Status, string? BodyHash, Guid? OrderId, DateTimeOffset At)
{
    public const string PlaceOrder = "order";
    public const string Pay = "pay";
    public const string AcceptJob = "accept";

    public bool IsAcknowledged => Status is >= 200 and < 300;
}

public sealed record OrderRow(
    Guid Id, Guid CustomerId, string Status, string PaymentStatus, string Method, long TotalXaf, int Version, DateTimeOffset CreatedAt);

public sealed record HistoryRow(Guid OrderId, int Version, string Kind, string Status, string Actor, DateTimeOffset At);

/// <summary>A stored answer: the key a client sent, and the order that its answer tells of.</summary>
public sealed record KeyRow(string Principal, string Key, Guid? OrderId);

public sealed record PaymentRow(Guid Id, Guid OrderId, string Method, string Status, long AmountXaf, long RefundedXaf);

public sealed record AttemptRow(Guid Id, Guid PaymentId, string Kind, string Status, long AmountXaf, string ExternalReference);

public sealed record LedgerRow(Guid EntryId, string Kind, Guid SourceId, Guid PaymentId, string Account, Guid? OwnerId, long AmountXaf);

public sealed record DeliveryRow(Guid Id, Guid OrderId, string Status, Guid? DriverId)
{
    public bool IsActive => Status is "assigned" or "picking_up" or "picked_up" or "delivering";
}

public sealed record DriverRow(Guid Id, string Status);

/// <summary>An announced event; a copy for one consumer alone names that consumer's queue.</summary>
public sealed record OutboxRow(string Service, Guid Id, string Type, Guid About, DateTimeOffset CreatedAt, DateTimeOffset? SentAt,
    bool IsParked)
{
    public string? OnlyFor { get; init; }
}

public sealed record InboxRow(string Service, string Consumer, Guid MessageId);

/// <summary>An event type and a queue that is bound to it, as the broker itself tells.</summary>
public sealed record Subscription(string Type, string Queue);

public sealed record NoticeRow(Guid UserId, string Kind, Guid SubjectId);

public sealed record TextRow(Guid Id, string Kind, string Channel, Guid SubjectId, string Status);

public sealed record FollowedRow(Guid OrderId, int Version, string? Status);

/// <summary>A movement of money in the provider's own books.</summary>
public sealed record Movement(Guid Reference, string Endpoint, string Status, long AmountXaf, string ExternalReference)
{
    public bool IsCollect => Endpoint == "collect";
    public bool Succeeded => Status == "SUCCESSFUL";
}

/// <summary>A text in the provider's own books, one row for each time it was accepted.</summary>
public sealed record SentText(string MessageId);

public sealed record QueueRow(string Name, long Messages)
{
    public bool IsDeadLetter => Name.EndsWith("_dead", StringComparison.Ordinal);
}

public sealed record DeadLetter(string Queue, Guid? MessageId, string? Reason)
{
    public string Body { get; init; } = "";
}

public sealed record Poison(Guid MessageId, string Queue, string Kind);

public sealed record Leak(string What, string Where);

public sealed record Span(DateTimeOffset From, DateTimeOffset Until)
{
    public bool Contains(DateTimeOffset at) => at >= From && at < Until;
}
