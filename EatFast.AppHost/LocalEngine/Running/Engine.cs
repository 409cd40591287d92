namespace EatFast.LocalEngine.Running;

/// <summary>What every supervised resource shares.</summary>
internal sealed record EngineContext(StateDirectory State, ConsoleView View, TimeProvider Time, TimeSpan StartTimeout, Action StateChanged);

/// <summary>Runs a described system on this machine: ports first, then every resource as soon as what it waits for is there.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private static readonly TimeSpan ServicePatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(8);

    private readonly StateDirectory state;
    // A proxy for the outside world must not stand between neighbours.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Ports ports = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly TaskCompletionSource failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> supervisions = [];
    private readonly EndpointsFile endpointsFile;
    private Guard? guard;

    private Engine(DistributedApplicationBuilder builder, EngineSettings settings, StateDirectory state)
    {
        this.state = state;
        endpointsFile = new EndpointsFile(state.EndpointsFile, builder);
        var context = new EngineContext(state, settings.View, settings.Time, settings.StartTimeout, () => endpointsFile.Refresh(Resources));
        var completing = builder.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion).Select(wait => wait.Resource).ToHashSet();
        Resources = [.. builder.Resources.Select(resource => AsRunnable(resource, builder, settings.Programs)).OfType<Runnable>()
            .Select(runnable => new ResourceRun(runnable, completing.Contains(runnable.Resource), context))];
    }

    public IReadOnlyList<ResourceRun> Resources { get; } = [];
    public StateDirectory State => state;
    public string EndpointsJson => endpointsFile.Render(Resources);

    /// <summary>Ends in an error when something fails for good after the start; never completes otherwise.</summary>
    public Task Failure => failure.Task;

    /// <summary>Returns when everything is healthy or completed; on a refusal all that was started is stopped first.</summary>
    public static async Task<Engine> StartAsync(DistributedApplicationBuilder builder, EngineSettings settings, CancellationToken ct)
    {
        var began = settings.Time.GetTimestamp();
        var engine = new Engine(builder, settings, StateDirectory.Open(builder.Options.StateDirectory, builder.Secrets));
        try
        {
            engine.ports.Allocate(builder.Resources);
            foreach (var resource in engine.Resources)
                resource.Runnable.Check();
            if (engine.state.StoresAreElsewhere)
                settings.View.Say($"The stores' own users cannot enter {engine.state.Root}: their data is in {engine.state.Stores}.");
            var gateway = engine.Resources.FirstOrDefault(resource => resource.Name == "gateway");
            engine.state.Announce(gateway?.Runnable.Urls.FirstOrDefault());
            engine.guard = new Guard(engine.state);
            engine.Launch();
            await await Task.WhenAny(Task.WhenAll(engine.Resources.Select(resource => resource.Ready)), engine.Failure).WaitAsync(ct);
            engine.endpointsFile.Open(engine.Resources, settings.Time.GetElapsedTime(began));
            return engine;
        }
        catch (Exception)
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on nothing is asked politely.</summary>
    public void Hurry() => hurry.Cancel();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(supervisions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopAllAsync(run => run.Runnable is not RunnableStore, ServicePatience);
        await StopAllAsync(run => run.Runnable is RunnableStore, StorePatience);
        guard?.Dispose();
        state.Dispose();
        http.Dispose();
    }

    private Task StopAllAsync(Func<ResourceRun, bool> which, TimeSpan patience) =>
        Task.WhenAll(Resources.Where(which).Select(run => run.StopAsync(patience, hurry.Token)));

    private void Launch()
    {
        var runs = Resources.ToDictionary(run => run.Runnable.Resource);
        // The broker is the slow one: it begins first and everything else happens meanwhile.
        foreach (var run in Resources.OrderBy(run => run.Runnable is RunnableRabbitMQ ? 0 : 1))
            supervisions.Add(SuperviseAsync(run, [.. DependenciesOf(run, runs)]));
    }

    private async Task SuperviseAsync(ResourceRun run, Task[] dependencies)
    {
        try
        {
            await Task.Run(() => run.SuperviseAsync(dependencies, stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            failure.TrySetException(error);
            throw;
        }
    }

    private static IEnumerable<Task> DependenciesOf(ResourceRun run, Dictionary<IResource, ResourceRun> runs) =>
        from wait in run.Runnable.Resource.Annotations.OfType<WaitAnnotation>()
        let awaited = runs[wait.Resource is PostgresDatabaseResource database ? database.Parent : wait.Resource]
        select wait.WaitType == WaitType.WaitForCompletion ? awaited.Completed : awaited.Healthy;

    private Runnable? AsRunnable(IResource resource, DistributedApplicationBuilder builder, Programs programs) => resource switch
    {
        PostgresServerResource postgres => new RunnablePostgres(postgres, state, programs),
        RedisResource redis => new RunnableRedis(redis, state, programs),
        RabbitMQServerResource broker => new RunnableRabbitMQ(broker, state, programs, http, ports),
        ProjectResource project => new RunnableProject(project, builder, state, http),
        _ => null,
    };
}

internal sealed record EngineSettings(ConsoleView View)
{
    public Programs Programs { get; init; } = new();
    public TimeProvider Time { get; init; } = TimeProvider.System;
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(120);
}
