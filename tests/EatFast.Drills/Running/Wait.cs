using System.Diagnostics;

namespace EatFast.Drills.Running;

/// <summary>Waits for a condition with a deadline, and says what did not come true.</summary>
internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static Task<TimeSpan> UntilAsync(Func<bool> condition, string expectation, TimeSpan limit, CancellationToken ct) =>
        UntilAsync(() => Task.FromResult(condition()), expectation, limit, ct);

    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> condition, string expectation, TimeSpan limit, CancellationToken ct) =>
        await TryAsync(condition, limit, ct)
        ?? throw new DrillFailedException($"Not within {limit.TotalSeconds:0} s: {expectation}.");

    /// <summary>How long it took, or null when the time was up.</summary>
    public static async Task<TimeSpan?> TryAsync(Func<Task<bool>> condition, TimeSpan limit, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (waited.Elapsed > limit)
                return null;
            await timer.WaitForNextTickAsync(ct);
        }
        return waited.Elapsed;
    }

    /// <summary>Lets the load run on for so long: a stretch of time that is measured, not a wait for anything.</summary>
    public static Task PassAsync(TimeSpan time, CancellationToken ct) => Task.Delay(time, ct);
}

/// <summary>The drill itself could not go on; the message says why.</summary>
internal sealed class DrillFailedException(string message) : Exception(message);
