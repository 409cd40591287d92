using System.Runtime.CompilerServices;

namespace EatFast.ProviderSimulator.State;

/// <summary>Tells the page that something happened; it says only that, and the page reads what it shows.</summary>
internal sealed class ChangeFeed
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = NewSource();
    private long version;

    public void Changed()
    {
        lock (gate)
        {
            version++;
            next.SetResult();
            next = NewSource();
        }
    }

    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var seen = -1L;
        while (!ct.IsCancellationRequested)
        {
            var (current, change) = Look();
            if (current != seen)
                yield return seen = current;
            else
                await change.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private (long Version, Task Change) Look()
    {
        lock (gate)
            return (version, next.Task);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
