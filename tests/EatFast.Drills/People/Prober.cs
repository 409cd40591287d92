using System.Collections.Concurrent;

namespace EatFast.Drills.People;

/// <summary>One look at an area of the product.</summary>
internal sealed record Probe(string Area, DateTimeOffset At, Reply Reply);

/// <summary>Asks each service for something small five times a second, so that an outage has a beginning and an end.</summary>
internal sealed class Prober : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentQueue<Probe> _probes = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _clock;
    private readonly Task[] _loops;

    public Prober(Person customer, Person driver, TimeProvider clock)
    {
        _clock = clock;
        _loops =
        [
            LoopAsync("identity", customer, "/api/v1/users/profile"),
            LoopAsync("catalog", customer, "/api/v1/restaurants?city=douala&limit=1"),
            LoopAsync("ordering", customer, "/api/v1/orders?limit=1"),
            LoopAsync("payments", customer, "/api/v1/payments?limit=1"),
            LoopAsync("delivery", driver, "/api/v1/drivers/me/profile"),
            LoopAsync("notifications", customer, "/api/v1/notifications?limit=1")
        ];
    }

    public static IReadOnlyList<string> Areas { get; } = ["identity", "catalog", "ordering", "payments", "delivery", "notifications"];

    public IReadOnlyList<Probe> Seen(DateTimeOffset from, DateTimeOffset until) =>
        [.. _probes.Where(probe => probe.At >= from && probe.At < until)];

    /// <summary>Areas that answered nothing but outages in the span.</summary>
    public (int Asked, int Failed) Count(DateTimeOffset from, DateTimeOffset until, Func<string, bool> area)
    {
        var seen = Seen(from, until).Where(probe => area(probe.Area)).ToList();
        return (seen.Count, seen.Count(probe => probe.Reply.IsOutage || probe.Reply.Status >= 500));
    }

    public bool HasAnswered(string area, DateTimeOffset since) =>
        _probes.Any(probe => probe.Area == area && probe.At >= since && probe.Reply.Status is > 0 and < 500);

    private async Task LoopAsync(string area, Person person, string path)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await NextAsync(timer))
        {
            var at = _clock.GetUtcNow();
            _probes.Enqueue(new(area, at, await person.GetAsync(path, CancellationToken.None)));
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops);
        _stopping.Dispose();
    }
}
