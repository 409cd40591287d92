using EatFast.Simulation.Core;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EatFast.Simulation.Services;

/// <summary>The process is gone: whatever was under way unwinds without touching anything any more.</summary>
internal sealed class ProcessDiedException() : Exception("The process died.");

/// <summary>One run of a process, from its start to its death; everything in its memory belongs to it and ends with it.</summary>
internal sealed class Life
{
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly HashSet<string> _running = [];

    public Life(World world, Service service, int replica, int run)
    {
        (World, Service, Name) = (world, service, $"{service.Name}{replica}.{run}");
        Provider = service.Blueprint.Build(this);
    }

    public World World { get; }

    public Service Service { get; }

    public string Name { get; }

    public ServiceProvider Provider { get; }

    public bool IsDead { get; private set; }

    /// <summary>Others get their turn, time may pass, and this may be where the process ends.</summary>
    public async ValueTask BoundaryAsync(string what)
    {
        if (IsDead)
            throw new ProcessDiedException();
        World.RequireOwnThread(what);
        World.Trace.Add($"{Name} {what}");
        if (World.Faults.KillsHere())
        {
            Service.Crash(this);
            throw new ProcessDiedException();
        }
        var pause = World.Faults.Pause();
        if (pause > TimeSpan.Zero)
            await WaitAsync(resume => World.After(pause, resume));
    }

    /// <summary>Waits for a call-back from outside; death ends the wait.</summary>
    public async Task WaitAsync(Action<Action> start)
    {
        if (IsDead)
            throw new ProcessDiedException();
        var waiting = new TaskCompletionSource();
        _waiting.Add(waiting);
        start(() => waiting.TrySetResult());
        await waiting.Task;
        _waiting.Remove(waiting);
        if (IsDead)
            throw new ProcessDiedException();
    }

    /// <summary>The store is another machine: at times the connection breaks, before a statement or after a commit.</summary>
    public void RequireStore(string when = "")
    {
        if (!World.Faults.LosesStatement())
            return;
        World.Trace.Add($"{Name} lost its store {when}");
        throw new NpgsqlException("The connection to the simulated store was lost.", new IOException());
    }

    /// <summary>Starts work of this process in a scope of its own.</summary>
    public void Run(string what, Func<IServiceProvider, CancellationToken, Task> body, Action<Exception?> done)
    {
        World.Trace.Add($"{Name} starts {what}");
        _ = World.ObserveAsync(
            async () =>
            {
                await using var scope = Provider.CreateAsyncScope();
                await body(scope.ServiceProvider, CancellationToken.None);
            },
            failure =>
            {
                World.Trace.Add($"{Name} ends {what}{(failure is null ? "" : $": {failure.GetType().Name}")}");
                done(failure);
            });
    }

    /// <summary>As above, unless the same is still under way; a failure is tried again by the next look.</summary>
    public void RunAlone(string what, Func<IServiceProvider, CancellationToken, Task> body, Action<Exception?> done)
    {
        if (IsDead || !_running.Add(what))
            return;
        Run(what, body, failure =>
        {
            _running.Remove(what);
            done(failure);
        });
    }

    public void Die()
    {
        IsDead = true;
        foreach (var waiting in _waiting.ToArray())
            waiting.TrySetResult();
    }
}
