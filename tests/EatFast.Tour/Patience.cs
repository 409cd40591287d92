using System.Diagnostics;

namespace EatFast.Tour;

/// <summary>Waits with a deadline, for something that can be named.</summary>
internal static class Patience
{
    public static readonly TimeSpan ForEffects = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan ForOutages = TimeSpan.FromSeconds(65);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(600);

    /// <summary>The first value that is not null, or null when the time is over.</summary>
    public static async Task<T?> TryAsync<T>(TimeSpan limit, Func<Task<T?>> look) where T : class
    {
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (await look() is { } found)
                return found;
            await timer.WaitForNextTickAsync();
        }
        while (waited.Elapsed < limit);
        return null;
    }

    public static async Task<bool> TryAsync(TimeSpan limit, Func<bool> condition) =>
        await TryAsync(limit, () => Task.FromResult(condition() ? "yes" : null)) is not null;
}
