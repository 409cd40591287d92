namespace EatFast.Simulation.Core;

/// <summary>Everything that will happen, by time; what falls on one instant happens in an order drawn from the seed.</summary>
internal sealed class Agenda(Random random)
{
    private readonly PriorityQueue<Entry, (long At, int Lot)> _entries = new();

    /// <summary>Entries that keep the world busy; idle looks of services do not.</summary>
    public int Busy { get; private set; }

    public IDisposable Add(DateTimeOffset at, Action action, bool isIdle = false)
    {
        var entry = new Entry(this, at, action, isIdle);
        Busy += isIdle ? 0 : 1;
        _entries.Enqueue(entry, (at.Ticks, random.Next()));
        return entry;
    }

    public bool TryTake(out DateTimeOffset at, out Action action)
    {
        while (_entries.TryDequeue(out var entry, out _))
        {
            if (entry.Action is not { } wanted)
                continue;
            (at, action) = (entry.At, wanted);
            entry.Dispose();
            return true;
        }
        (at, action) = (default, () => { });
        return false;
    }

    private sealed class Entry(Agenda agenda, DateTimeOffset at, Action action, bool isIdle) : IDisposable
    {
        public DateTimeOffset At => at;

        public Action? Action { get; private set; } = action;

        public void Dispose()
        {
            if (Action is null)
                return;
            Action = null;
            agenda.Busy -= isIdle ? 0 : 1;
        }
    }
}
