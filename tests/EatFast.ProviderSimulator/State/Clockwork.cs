namespace EatFast.ProviderSimulator.State;

/// <summary>A provider whose state moves on by itself: a prompt expires, a message reaches its handset.</summary>
internal interface ITimed
{
    void Tick(DateTimeOffset now);
}

/// <summary>Lets time pass for all providers.</summary>
internal sealed class Clockwork(IEnumerable<ITimed> parts, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var part in parts)
                part.Tick(clock.GetUtcNow());
    }
}
