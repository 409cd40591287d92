namespace EatFast.Load;

/// <summary>
/// Many customers, one kitchen and many drivers that take orders from the restaurant list to the door, through outages, as their apps would:
/// every call that an outage swallowed is sent again with the same idempotency key.
/// </summary>
public sealed class LoadRun : IAsyncDisposable
{
    /// <summary>Part of every idempotency key of this run.</summary>
    public string Id => throw new NotImplementedException();

    public DateTimeOffset StartedAt => throw new NotImplementedException();

    public LoadCounts Counts => throw new NotImplementedException();

    /// <summary>Done when duration or number of orders is reached and every order that was begun has ended or was given up.</summary>
    public Task Completion => throw new NotImplementedException();

    /// <summary>Why orders were given up, with how often.</summary>
    public IReadOnlyDictionary<string, int> Troubles => throw new NotImplementedException();

    /// <summary>Gathers the people (registers, signs in, approves drivers), then begins; returns when the first order is due.</summary>
    public static Task<LoadRun> StartAsync(LoadOptions options, TimeProvider clock, CancellationToken ct = default) =>
        throw new NotImplementedException();

    /// <summary>Every call and wait that was answered in the window; the whole run without one.</summary>
    public IReadOnlyList<CallSummary> Summarise(DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        throw new NotImplementedException();

    /// <summary>All calls of the window together, without the waits.</summary>
    public CallSummary SummariseAll(DateTimeOffset? from = null, DateTimeOffset? to = null) => throw new NotImplementedException();

    /// <summary>Attempts of the window by HTTP status; 0 stands for no answer.</summary>
    public IReadOnlyDictionary<int, long> StatusesOf(DateTimeOffset from, DateTimeOffset to) => throw new NotImplementedException();

    public IReadOnlyList<LoadSecond> Seconds() => throw new NotImplementedException();

    /// <summary>Begins no more orders, and lets those under way end for so long; what is left then is given up.</summary>
    public Task StopAsync(TimeSpan patience) => throw new NotImplementedException();

    /// <summary>Sends a journalled call once more: same caller, same key, same body. A stored answer has the same status and bytes.</summary>
    public Task<RepeatedAnswer> RepeatAsync(JournalRecord sent, CancellationToken ct = default) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

/// <summary>What came back for a call that was sent once more; status 0 when nothing did.</summary>
public sealed record RepeatedAnswer(int Status, string AnswerHash, bool Replayed);
