namespace EatFast.Testing;

/// <summary>Real time plus an offset: timers keep running, and a test can jump past a deadline or hold the time still.</summary>
public sealed class AdjustableClock : TimeProvider
{
    private long _offsetTicks;
    private long _heldTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    /// <summary>Until the result is disposed of, only <see cref="Advance"/> moves the time: for waits that a slow machine would sit out.</summary>
    public IDisposable Hold()
    {
        Interlocked.Exchange(ref _heldTicks, base.GetUtcNow().UtcTicks);
        return new Held(this);
    }

    public override DateTimeOffset GetUtcNow()
    {
        var held = Interlocked.Read(ref _heldTicks);
        var now = held == 0 ? base.GetUtcNow() : new DateTimeOffset(held, TimeSpan.Zero);
        return now.AddTicks(Interlocked.Read(ref _offsetTicks));
    }

    private sealed class Held(AdjustableClock clock) : IDisposable
    {
        public void Dispose() => Interlocked.Exchange(ref clock._heldTicks, 0);
    }
}
