using System.Diagnostics;

namespace EatFast.Testing;

/// <summary>Waits for what has to become true, and says what did not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static Task AsTrue(Func<bool> condition, string expectation) =>
        AsTrue(() => Task.FromResult(condition()), expectation);

    public static async Task AsTrue(Func<Task<bool>> condition, string expectation) =>
        await Value(async () => await condition() ? new object() : null, expectation);

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> Value<T>(Func<Task<T?>> look, string expectation) where T : class
    {
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (await look() is { } found)
                return found;
            await timer.WaitForNextTickAsync();
        }
        while (waited.Elapsed < Patience);
        throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {expectation}.");
    }
}
