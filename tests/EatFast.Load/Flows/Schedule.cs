using System.Collections.Concurrent;

namespace EatFast.Load.Flows;

/// <summary>
/// Begins orders when they are due. With a rate nothing that the system does delays the next order (an open model), so a slow system shows
/// as latency and not as fewer orders.
/// </summary>
internal sealed class Schedule(Scene scene) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private readonly ConcurrentDictionary<string, int> _troubles = new();
    private readonly ConcurrentDictionary<Task, byte> _underWay = new();
    private readonly CancellationTokenSource _noMore = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly int[] _outcomes = new int[Enum.GetValues<Outcome>().Length];
    private Task _all = Task.CompletedTask;
    private int _offered;
    private int _shed;
    private int _accepted;

    public IReadOnlyDictionary<string, int> Troubles => _troubles;

    public LoadCounts Counts
    {
        get
        {
            var outcomes = Array.ConvertAll(_outcomes, count => count);
            return new()
            {
                Offered = _offered,
                Shed = _shed,
                Accepted = _accepted,
                Delivered = outcomes[(int)Outcome.Delivered],
                Cancelled = outcomes[(int)Outcome.Cancelled],
                Rejected = outcomes[(int)Outcome.Rejected],
                Abandoned = outcomes[(int)Outcome.Abandoned],
                UnderWay = Math.Max(0, _offered - outcomes.Sum()),
                ByStatus = new Dictionary<int, long>()
            };
        }
    }

    public Task RunAsync() => _all = scene.Options.Rate is { } rate ? AtRateAsync(rate) : AsFastAsItGoesAsync();

    public async Task StopAsync(TimeSpan patience)
    {
        await _noMore.CancelAsync();
        try
        {
            await _all.WaitAsync(patience, scene.Clock);
        }
        catch (TimeoutException)
        {
            await _giveUp.CancelAsync();
            await _all;
        }
    }

    private async Task AtRateAsync(double rate)
    {
        var started = scene.Clock.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, scene.Clock);
        var begun = 0;
        while (!IsOver(started, begun))
        {
            var elapsed = scene.Clock.GetElapsedTime(started).TotalSeconds;
            for (; begun < elapsed * rate && !IsOver(started, begun); begun++)
                Begin(begun + 1, started + (long)(begun / rate * scene.Clock.TimestampFrequency));
            await timer.WaitForNextTickAsync();
        }
        await Task.WhenAll(_underWay.Keys);
    }

    private Task AsFastAsItGoesAsync()
    {
        var started = scene.Clock.GetTimestamp();
        var begun = 0;
        return Task.WhenAll(Enumerable.Range(0, scene.Options.Concurrency).Select(async _ =>
        {
            await Task.Yield();
            for (var flow = Interlocked.Increment(ref begun); !IsOver(started, flow - 1); flow = Interlocked.Increment(ref begun))
                await PlayAsync(flow, 0);
        }));
    }

    private void Begin(int flow, long due)
    {
        if (Counts.UnderWay >= scene.Options.MostAtOnce)
        {
            _shed++;
            return;
        }
        var playing = PlayAsync(flow, due);
        _underWay.TryAdd(playing, 0);
        // A fault of our own stays, for the run to end with.
        playing.ContinueWith(
            done => _underWay.TryRemove(done, out var _),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    private async Task PlayAsync(int flow, long due)
    {
        Interlocked.Increment(ref _offered);
        var visit = new Visit(scene, flow, due);
        var outcome = await OrderFlow.RunAsync(visit, () => Interlocked.Increment(ref _accepted), Note, _giveUp.Token);
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        if (outcome is Outcome.Delivered or Outcome.Cancelled or Outcome.Rejected)
            scene.Recorder.Ended(outcome.ToString());
    }

    private bool IsOver(long started, int begun) =>
        _noMore.IsCancellationRequested
        || (scene.Options.Orders is { } orders && begun >= orders)
        || (scene.Options.Duration is { } duration && scene.Clock.GetElapsedTime(started) >= duration);

    private void Note(string trouble) => _troubles.AddOrUpdate(trouble, 1, (_, count) => count + 1);

    public void Dispose()
    {
        _noMore.Dispose();
        _giveUp.Dispose();
    }
}
