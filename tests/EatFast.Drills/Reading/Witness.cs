using EatFast.Drills.Checking;
using EatFast.Drills.Target;

namespace EatFast.Drills.Reading;

/// <summary>Gathers everything that is known about the time since a drill began.</summary>
internal sealed class Witness(SystemUnderTest system, Rows rows, Broker broker)
{
    public async Task<Evidence> GatherAsync(Statement statement, CancellationToken ct)
    {
        var tables = new Tables(rows, statement.Since);
        var mail = new Mail(rows, statement.Since);
        // What was handled is read after what was sent, or a message between the two would look lost.
        var outbox = await mail.OutboxAsync(ct);
        var inbox = await mail.InboxAsync(ct);
        var evidence = new Evidence
        {
            Outbox = outbox,
            Inbox = inbox,
            Orders = await tables.OrdersAsync(ct),
            History = await tables.HistoryAsync(ct),
            Keys = await tables.KeysAsync(ct),
            Payments = await tables.PaymentsAsync(ct),
            Attempts = await tables.AttemptsAsync(ct),
            Ledger = await tables.LedgerAsync(ct),
            Deliveries = await tables.DeliveriesAsync(ct),
            Drivers = await tables.DriversAsync(ct),
            Notices = await tables.NoticesAsync(ct),
            Texts = await tables.TextsAsync(ct),
            Followed = await tables.FollowedAsync(ct),
            Queues = await broker.QueuesAsync(ct),
            Subscriptions = await broker.SubscriptionsAsync(ct),
            DeadLetters = await broker.DeadLettersAsync(ct),
            Poisons = statement.Poisons,
            Observed = statement.Observed,
            Healthy = statement.Healthy
        };
        var (movements, texts) = ProviderBooks.Read(system.ProviderJournal, statement.Since);
        return evidence with
        {
            Movements = movements,
            SentTexts = texts,
            Calls = [.. statement.Calls, .. LoadJournal.Read(statement.Journal)],
            Leaks = Canaries.Search(statement.Secrets, system.Logs, evidence.DeadLetters)
        };
    }
}

/// <summary>What the drill itself adds to the evidence.</summary>
internal sealed record Statement(DateTimeOffset Since, string Journal)
{
    public IReadOnlyList<ClientCall> Calls { get; init; } = [];
    public IReadOnlyList<Poison> Poisons { get; init; } = [];
    public IReadOnlyList<Violation> Observed { get; init; } = [];
    public IReadOnlyList<Span> Healthy { get; init; } = [];
    public IReadOnlyCollection<string> Secrets { get; init; } = [];
}
