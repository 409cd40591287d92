using EatFast.Load.Measuring;
using Microsoft.Extensions.Time.Testing;

namespace EatFast.Load.Tests;

public sealed class MeasuringTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Percentiles_are_those_of_the_values()
    {
        var recorder = new Recorder(_clock);
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
            recorder.Call(Calls.Pay, 200, milliseconds);

        var summary = Assert.Single(recorder.Summarise(null, null));

        Assert.Equal((Calls.Pay, 1000L, 0L), (summary.Call, summary.Count, summary.Failed));
        Assert.Equal(500, summary.P50Ms, tolerance: 1);
        Assert.Equal(990, summary.P99Ms, tolerance: 1);
        Assert.Equal(1000, summary.MaxMs, tolerance: 1);
        Assert.Equal(500.5, summary.MeanMs, tolerance: 1);
    }

    [Fact]
    public void Before_during_and_after_a_fault_are_told_apart()
    {
        var recorder = new Recorder(_clock);
        recorder.Begin();
        List<DateTimeOffset> moments = [_clock.GetUtcNow()];
        foreach (var milliseconds in new[] { 10, 900, 20 })
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            recorder.Call(Calls.Place, 201, milliseconds);
            recorder.Attempt(Calls.Place, milliseconds == 900 ? 503 : 201, milliseconds, isRetry: false);
            _clock.Advance(TimeSpan.FromSeconds(1));
            moments.Add(_clock.GetUtcNow());
        }

        var p50 = moments.Zip(moments.Skip(1)).Select(window => recorder.SummariseAll(window.First, window.Second).P50Ms);

        Assert.Equal([10, 900, 20], p50.Select(value => (int)Math.Round(value, 0)));
        Assert.Equal([503], recorder.ByStatus(moments[1], moments[2]).Keys);
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0, 1], recorder.Seconds().Select(second => second.Placed));
        Assert.Equal(1, recorder.Seconds()[5].Failed);
    }

    [Fact]
    public void Refusals_are_counted_apart_and_do_not_make_a_call_look_fast()
    {
        var recorder = new Recorder(_clock);
        recorder.Call(Calls.Accept, 404, 1);
        recorder.Call(Calls.Accept, 200, 50);

        var summary = recorder.SummariseAll(null, null);

        Assert.Equal((1L, 1L), (summary.Count, summary.Failed));
        Assert.Equal(50, summary.P50Ms, tolerance: 0.1);
    }

    [Fact]
    public void What_was_measured_before_the_beginning_is_forgotten()
    {
        var recorder = new Recorder(_clock);
        recorder.Attempt(Calls.Register, 201, 130, isRetry: true);

        recorder.Begin();

        Assert.Empty(recorder.ByStatus());
        Assert.Empty(recorder.Seconds());
        Assert.Equal(0, recorder.Retries);
    }
}
