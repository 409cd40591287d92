using HdrHistogram;

namespace EatFast.Load.Measuring;

/// <summary>Keeps every measured value with its moment (twelve bytes each), so that any window can be summarised afterwards.</summary>
internal sealed class Recorder(TimeProvider clock)
{
    private const long HighestMicroseconds = 3_600_000_000;
    private readonly Lock _gate = new();
    private readonly List<Sample> _samples = new(65_536);
    private readonly List<string> _names = [];
    private readonly Dictionary<string, byte> _indexes = [];
    private readonly SortedDictionary<int, long> _byStatus = [];
    private long _started = clock.GetTimestamp();

    internal enum Kind : byte
    {
        Attempt,
        Call,
        Wait,
        Ended
    }

    private readonly record struct Sample(uint AtMs, float Ms, Kind Kind, byte Name, short Status)
    {
        public bool IsGood => Status is >= 200 and < 300;
    }

    public DateTimeOffset StartedAt { get; private set; } = clock.GetUtcNow();

    public long Retries { get; private set; }

    /// <summary>The moment that windows and seconds count from; what came before it (gathering the people) is forgotten.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _samples.Clear();
            _byStatus.Clear();
            Retries = 0;
            (_started, StartedAt) = (clock.GetTimestamp(), clock.GetUtcNow());
        }
    }

    public void Attempt(string call, int status, double milliseconds, bool isRetry)
    {
        lock (_gate)
        {
            Keep(Kind.Attempt, call, status, milliseconds);
            _byStatus[status] = _byStatus.GetValueOrDefault(status) + 1;
            Retries += isRetry ? 1 : 0;
        }
    }

    public void Call(string call, int status, double milliseconds)
    {
        lock (_gate)
            Keep(Kind.Call, call, status, milliseconds);
    }

    public void Wait(string wait, double milliseconds)
    {
        lock (_gate)
            Keep(Kind.Wait, wait, 200, milliseconds);
    }

    public void Ended(string outcome)
    {
        lock (_gate)
            Keep(Kind.Ended, outcome, 200, 0);
    }

    public SortedDictionary<int, long> ByStatus()
    {
        lock (_gate)
            return new(_byStatus);
    }

    public SortedDictionary<int, long> ByStatus(DateTimeOffset from, DateTimeOffset to)
    {
        var result = new SortedDictionary<int, long>();
        foreach (var sample in Window(from, to))
            if (sample.Kind == Kind.Attempt)
                result[sample.Status] = result.GetValueOrDefault(sample.Status) + 1;
        return result;
    }

    public List<CallSummary> Summarise(DateTimeOffset? from, DateTimeOffset? to) =>
        [.. Window(from, to).Where(sample => sample.Kind is Kind.Call or Kind.Wait)
            .GroupBy(sample => sample.Name)
            .Select(group => Summary(_names[group.Key], group))];

    public CallSummary SummariseAll(DateTimeOffset? from, DateTimeOffset? to) =>
        Summary("all calls", Window(from, to).Where(sample => sample.Kind == Kind.Call));

    /// <summary>Latency at each percentile of a call, for a curve.</summary>
    public List<double> Curve(string call, IEnumerable<double> percentiles)
    {
        var histogram = new LongHistogram(HighestMicroseconds, 3);
        var samples = Window(null, null).Where(sample => sample.Kind is Kind.Call or Kind.Wait);
        foreach (var sample in samples.Where(sample => sample.IsGood && _names[sample.Name] == call))
            histogram.RecordValue(Microseconds(sample.Ms));
        return [.. percentiles.Select(percentile => histogram.GetValueAtPercentile(percentile) / 1000.0)];
    }

    public List<LoadSecond> Seconds()
    {
        var samples = Window(null, null);
        var last = samples.Length == 0 ? -1 : (int)(samples.Max(sample => sample.AtMs) / 1000);
        var bySecond = samples.ToLookup(sample => (int)(sample.AtMs / 1000));
        return [.. Enumerable.Range(0, last + 1).Select(second => SecondOf(second, [.. bySecond[second]]))];
    }

    private LoadSecond SecondOf(int second, List<Sample> samples)
    {
        var calls = SummaryOfCalls(samples);
        return new(
            second,
            samples.Count(sample => sample.Kind == Kind.Call && sample.IsGood && _names[sample.Name] == Calls.Place),
            samples.Count(sample => sample.Kind == Kind.Ended),
            samples.Count(sample => sample.Kind == Kind.Attempt),
            samples.Count(sample => sample.Kind == Kind.Attempt && sample.Status is 0 or 429 or >= 500),
            calls.P50Ms,
            calls.P99Ms);
    }

    private static CallSummary SummaryOfCalls(IEnumerable<Sample> samples) =>
        Summary("", samples.Where(sample => sample.Kind == Kind.Call));

    private static CallSummary Summary(string name, IEnumerable<Sample> samples)
    {
        var (histogram, failed) = (new LongHistogram(HighestMicroseconds, 3), 0L);
        foreach (var sample in samples)
        {
            if (sample.IsGood)
                histogram.RecordValue(Microseconds(sample.Ms));
            else
                failed++;
        }
        if (histogram.TotalCount == 0)
            return new(name, 0, failed, 0, 0, 0, 0, 0, 0);
        double At(double percentile) => histogram.GetValueAtPercentile(percentile) / 1000.0;
        return new(name, histogram.TotalCount, failed, histogram.GetMean() / 1000, At(50), At(90), At(99), At(99.9), At(100));
    }

    private static long Microseconds(float milliseconds) => Math.Clamp((long)(milliseconds * 1000), 1, HighestMicroseconds);

    private Sample[] Window(DateTimeOffset? from, DateTimeOffset? to)
    {
        lock (_gate)
        {
            var (first, last) = (Offset(from ?? StartedAt), to is { } end ? Offset(end) : double.MaxValue);
            return [.. _samples.Where(sample => sample.AtMs >= first && sample.AtMs < last)];
        }
    }

    private double Offset(DateTimeOffset moment) => (moment - StartedAt).TotalMilliseconds;

    private void Keep(Kind kind, string name, int status, double milliseconds)
    {
        if (!_indexes.TryGetValue(name, out var index))
        {
            _indexes[name] = index = (byte)_names.Count;
            _names.Add(name);
        }
        var at = clock.GetElapsedTime(_started).TotalMilliseconds;
        _samples.Add(new((uint)at, (float)milliseconds, kind, index, (short)status));
    }
}
