namespace EatFast.LocalEngine.Running;

internal enum RunState
{
    Waiting,
    Starting,
    Healthy,
    Unhealthy,
    Restarting,
    Completed,
    Failed,
    Stopped,
}

/// <summary>Keeps one resource alive: waits for what it needs, starts it, watches it, and starts it again when it ends by itself.</summary>
internal sealed class ResourceRun(Runnable runnable, bool runsToCompletion, EngineContext engine)
{
    private const int StartAttempts = 3;
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Backoff backoff = new();
    private ChildProcess? child;
    private int failedStarts;

    public string Name => runnable.Name;
    public Runnable Runnable => runnable;
    public bool RunsToCompletion => runsToCompletion;
    public RunState State { get; private set; }
    public int Restarts { get; private set; }
    public int? ProcessId => State is RunState.Completed or RunState.Stopped or RunState.Failed or RunState.Restarting ? null : child?.Id;

    /// <summary>What others wait for: health, or a successful end.</summary>
    public Task Healthy => healthy.Task;
    public Task Completed => completed.Task;
    public Task Ready => runsToCompletion ? Completed : Healthy;

    public long PssKilobytes() => ProcessId is null ? 0 : child!.PssKilobytes();

    /// <summary>Returns only when stopped, completed, or given up: a start that fails three times is an error for the whole run.</summary>
    public async Task SuperviseAsync(IEnumerable<Task> dependencies, CancellationToken ct)
    {
        await Task.WhenAll(dependencies).WaitAsync(ct);
        while (true)
        {
            var startedAt = engine.Time.GetTimestamp();
            var exitCode = await RunOnceAsync(startedAt, ct);
            await (child?.SweepAsync() ?? Task.CompletedTask);
            if (runsToCompletion && exitCode == 0)
            {
                Become(RunState.Completed, engine.Time.GetElapsedTime(startedAt));
                completed.TrySetResult();
                return;
            }

            if (!Ready.IsCompleted)
                RefuseRepeatedFailure(exitCode);
            Become(RunState.Restarting, detail: $"exit code {exitCode}");
            await Task.Delay(backoff.Next(engine.Time.GetElapsedTime(startedAt)), engine.Time, ct);
            Restarts++;
        }
    }

    public async Task StopAsync(TimeSpan patience, CancellationToken hurry)
    {
        if (child is null)
            return;

        await child.StopAsync(patience, hurry);
        child.Dispose();
        if (State is not (RunState.Completed or RunState.Failed))
            Become(RunState.Stopped);
    }

    private async Task<int> RunOnceAsync(long startedAt, CancellationToken ct)
    {
        Become(RunState.Starting);
        try
        {
            var launch = await runnable.PrepareAsync(ct);
            child?.Dispose();
            child = ChildProcess.Start(Name, launch, engine.State);
            var exit = child.WaitForExitAsync(ct);
            if (!runsToCompletion && await BecomesHealthyAsync(exit, startedAt, ct))
                await WatchAsync(exit, ct);
            return await exit;
        }
        catch (EngineException refusal) when (Ready.IsCompleted)
        {
            // What once worked is tried again for as long as the run lasts.
            engine.View.Say(refusal.Message);
            return EngineException.GeneralFailure;
        }
    }

    private async Task<bool> BecomesHealthyAsync(Task exit, long startedAt, CancellationToken ct)
    {
        while (await runnable.ProbeAsync(ct) is { } complaint)
        {
            if (exit.IsCompleted)
                return false;
            if (engine.Time.GetElapsedTime(startedAt) > engine.StartTimeout)
                throw new EngineException(
                    $"{Name} is not healthy after {engine.StartTimeout.TotalSeconds:0} s: {complaint}.\n"
                    + LogTail.Read(engine.State.LogOf(Name)));
            await Task.WhenAny(exit, Task.Delay(ProbeInterval, engine.Time, ct));
        }

        // A project without a health check is healthy by running: give a start that fails at once the time to do so.
        if (exit.IsCompleted)
            return false;
        await runnable.CompleteStartAsync(ct);
        Become(RunState.Healthy, engine.Time.GetElapsedTime(startedAt));
        healthy.TrySetResult();
        return true;
    }

    private async Task WatchAsync(Task exit, CancellationToken ct)
    {
        while (await Task.WhenAny(exit, Task.Delay(WatchInterval, engine.Time, ct)) != exit)
        {
            ct.ThrowIfCancellationRequested();
            var complaint = await runnable.ProbeAsync(ct);
            var now = complaint is null ? RunState.Healthy : RunState.Unhealthy;
            if (now != State && !exit.IsCompleted)
                Become(now, detail: complaint);
        }
    }

    private void RefuseRepeatedFailure(int exitCode)
    {
        var log = engine.State.LogOf(Name);
        var story = $"{Name} ended with exit code {exitCode} before it was ready.\n{LogTail.Read(log)}";
        if (++failedStarts >= StartAttempts)
        {
            Become(RunState.Failed);
            throw new EngineException($"{story}\nGave up after {failedStarts} attempts.");
        }

        engine.View.Say(story);
    }

    private void Become(RunState next, TimeSpan? took = null, string? detail = null)
    {
        State = next;
        engine.View.Changed(this, took, detail);
        engine.StateChanged();
    }
}

/// <summary>0.2, 0.5, 1, 2, then 5 s between restarts; a resource that held for 30 s begins anew.</summary>
internal sealed class Backoff
{
    private static readonly double[] Seconds = [0.2, 0.5, 1, 2, 5];
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);
    private int step;

    public TimeSpan Next(TimeSpan ranFor)
    {
        if (ranFor >= Held)
            step = 0;
        return TimeSpan.FromSeconds(Seconds[Math.Min(step++, Seconds.Length - 1)]);
    }
}

internal static class LogTail
{
    public static string Read(string path)
    {
        var lines = File.Exists(path) ? File.ReadLines(path).TakeLast(20).Select(line => $"    {line}") : [];
        return $"The last lines of {path}:\n{string.Join('\n', lines)}";
    }
}
