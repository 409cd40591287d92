using System.Diagnostics;
using EatFast.Drills.Running;

namespace EatFast.Drills.Target;

/// <summary>A whole system of its own, built with failpoints, with a state folder that nobody else uses.</summary>
internal sealed class SystemUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(180);
    private readonly List<string> _output = [];
    private readonly Process _appHost;
    private Endpoints? _last;

    private SystemUnderTest(Process appHost, string state, DrillBox box) => (_appHost, State, Box) = (appHost, state, box);

    public string State { get; }

    public DrillBox Box { get; }

    public string ProviderJournal => Path.Combine(State, "provider.jsonl");

    public string Logs => Path.Combine(State, "logs");

    /// <summary>As it is now, or as it was last when the file is being replaced.</summary>
    public Endpoints Endpoints => _last = Endpoints.TryRead(Path.Combine(State, "endpoints.json")) ?? _last!;

    public static async Task<SystemUnderTest> StartAsync(string appHost, string state, string? defect, CancellationToken ct)
    {
        Clear(state);
        var box = new DrillBox(Path.Combine(state, "drills"));
        var start = new ProcessStartInfo(Environment.ProcessPath is { } dotnet && Path.GetFileName(dotnet) == "dotnet" ? dotnet
            : "dotnet", [appHost])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (key, value) in ShortTimers.Settings(state, box.Root, defect))
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        var system = new SystemUnderTest(process, state, box);
        process.OutputDataReceived += (_, line) => system.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => system.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await system.WaitUntilReadyAsync(ct);
        return system;
    }

    /// <summary>SIGKILL of the one process, as the kernel would do it.</summary>
    public void Kill(string resource)
    {
        if (Endpoints.Resource(resource).Pid is { } pid)
            Processes.Signal(pid, Processes.Kill);
    }

    /// <summary>SIGKILL of a store with all that it has started.</summary>
    public void KillWhole(string resource)
    {
        if (Endpoints.Resource(resource).Pid is { } pid)
            Processes.Session(pid).ForEach(member => Processes.Signal(member, Processes.Kill));
    }

    public void Signal(string resource, int signal)
    {
        if (Endpoints.Resource(resource).Pid is { } pid)
            Processes.Session(pid).ForEach(member => Processes.Signal(member, signal));
    }

    /// <summary>Keeps a resource from coming back: each new process is killed as soon as it shows.</summary>
    public async Task HoldDownAsync(string resource, TimeSpan time, CancellationToken ct)
    {
        var held = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            KillWhole(resource);
        }
        while (held.Elapsed < time && await timer.WaitForNextTickAsync(ct));
    }

    public int Restarts(string resource) => Endpoints.Resource(resource).Restarts;

    /// <summary>Returns how long it took until the supervisor says that a later life of the resource is healthy.</summary>
    public Task<TimeSpan> UntilBackAsync(string resource, int restartsBefore, CancellationToken ct) => Wait.UntilAsync(
        () => Endpoints.Resource(resource) is { IsHealthy: true } now && now.Restarts > restartsBefore,
        $"{resource} is back", TimeSpan.FromSeconds(90), ct);

    public string Output()
    {
        lock (_output)
            return string.Join('\n', _output.TakeLast(60));
    }

    // A system that still runs there holds its lock.
    private static void Clear(string state)
    {
        var held = Path.Combine(state, "lock");
        try
        {
            if (File.Exists(held))
                new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        }
        catch (IOException)
        {
            throw new DrillFailedException(
                $"Drills already run in {state}: stop them first, or set EATFAST_DRILL_STATE to another folder.");
        }
        if (Directory.Exists(state))
            Directory.Delete(state, recursive: true);
        Directory.CreateDirectory(state);
    }

    private async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        var file = Path.Combine(State, "endpoints.json");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((_last = Endpoints.TryRead(file)) is null)
        {
            if (_appHost.HasExited || limit.IsCancellationRequested)
                throw new DrillFailedException("The system did not start:\n" + Output());
            await timer.WaitForNextTickAsync(ct);
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        using (Process.Start("kill", ["-TERM", $"{_appHost.Id}"]))
            await _appHost.WaitForExitAsync();
        _appHost.Dispose();
    }
}
