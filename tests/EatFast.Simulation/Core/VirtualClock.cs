namespace EatFast.Simulation.Core;

/// <summary>Time that only the scheduler moves; timers made from it are entries of the agenda.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private DateTimeOffset _now = World.Start;

    public Func<TimeSpan, Action, IDisposable>? Schedule { get; set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void MoveTo(DateTimeOffset time)
    {
        if (time > _now)
            _now = time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(VirtualClock clock, Action callback) : ITimer
    {
        private IDisposable? _entry;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _entry?.Dispose();
            _entry = dueTime < TimeSpan.Zero ? null : clock.Schedule!(dueTime, () =>
            {
                if (period > TimeSpan.Zero)
                    Change(period, period);
                callback();
            });
            return true;
        }

        public void Dispose() => _entry?.Dispose();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
