using System.Text;
using EatFast.Load.Flows;
using EatFast.Load.Http;
using EatFast.Load.Journal;
using EatFast.Load.Measuring;
using EatFast.Load.People;
using EatFast.Load.Shop;

namespace EatFast.Load;

/// <summary>
/// Many customers, one kitchen and many drivers that take orders from the restaurant list to the door, through outages, as their
/// apps would: every call that an outage swallowed is sent again with the same idempotency key.
/// </summary>
public sealed class LoadRun : IAsyncDisposable
{
    private readonly Scene _scene;
    private readonly JournalWriter? _journal;
    private readonly Schedule _schedule;

    private LoadRun(Scene scene, JournalWriter? journal)
    {
        (_scene, _journal) = (scene, journal);
        scene.Recorder.Begin();
        _schedule = new Schedule(scene);
        Completion = _schedule.RunAsync();
    }

    /// <summary>Part of every idempotency key of this run.</summary>
    public string Id => _scene.Run;

    public LoadOptions Options => _scene.Options;

    public DateTimeOffset StartedAt => _scene.Recorder.StartedAt;

    public LoadCounts Counts => _schedule.Counts with
    {
        ByStatus = _scene.Recorder.ByStatus(),
        Retries = _scene.Recorder.Retries
    };

    /// <summary>Done when duration or number of orders is reached and every order that was begun has ended or was given up.</summary>
    public Task Completion { get; }

    /// <summary>Why orders were given up, with how often.</summary>
    public IReadOnlyDictionary<string, int> Troubles => _schedule.Troubles;

    /// <summary>Gathers the people (registers, signs in, approves drivers), then begins; returns when the first order is due.</summary>
    public static async Task<LoadRun> StartAsync(LoadOptions options, TimeProvider clock, CancellationToken ct = default)
    {
        var run = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var recorder = new Recorder(clock);
        var journal = options.Journal is { } path ? new JournalWriter(path) : null;
        var api = new Api(options, run, recorder, journal, clock);
        try
        {
            var restaurant = await Restaurant.ReadAsync(api, ct);
            var crowd = await Crowd.GatherAsync(options, api, restaurant, ct);
            return new(new Scene(options, run, api, crowd, restaurant, recorder, clock), journal);
        }
        catch
        {
            api.Dispose();
            journal?.Dispose();
            throw;
        }
    }

    /// <summary>Every call and wait that was answered in the window; the whole run without one.</summary>
    public IReadOnlyList<CallSummary> Summarise(DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        _scene.Recorder.Summarise(from, to);

    /// <summary>All calls of the window together, without the waits.</summary>
    public CallSummary SummariseAll(DateTimeOffset? from = null, DateTimeOffset? to = null) => _scene.Recorder.SummariseAll(from, to);

    /// <summary>Attempts of the window by HTTP status; 0 stands for no answer.</summary>
    public IReadOnlyDictionary<int, long> StatusesOf(DateTimeOffset from, DateTimeOffset to) => _scene.Recorder.ByStatus(from, to);

    public IReadOnlyList<LoadSecond> Seconds() => _scene.Recorder.Seconds();

    /// <summary>Begins no more orders, and lets those under way end for so long; what is left then is given up.</summary>
    public Task StopAsync(TimeSpan patience) => _schedule.StopAsync(patience);

    /// <summary>Sends a journalled call once more: same caller, same key, same body. A stored answer has the same status and bytes.</summary>
    public Task<RepeatedAnswer> RepeatAsync(JournalRecord sent, CancellationToken ct = default)
    {
        var caller = _scene.Crowd.All.First(person => person.Id == sent.Principal);
        var call = new Call(sent.Call, HttpMethod.Parse(sent.Method), sent.Path!)
        {
            By = caller,
            Key = sent.Key,
            Body = sent.Body is null ? null : Encoding.UTF8.GetBytes(sent.Body)
        };
        return _scene.Api.RepeatAsync(call, ct);
    }

    internal IReadOnlyList<double> Curve(string call, IEnumerable<double> percentiles) => _scene.Recorder.Curve(call, percentiles);

    public async ValueTask DisposeAsync()
    {
        await _schedule.StopAsync(TimeSpan.Zero);
        _schedule.Dispose();
        _scene.Api.Dispose();
        _journal?.Dispose();
    }
}

/// <summary>What came back for a call that was sent once more; status 0 when nothing did.</summary>
public sealed record RepeatedAnswer(int Status, string AnswerHash, bool Replayed);
