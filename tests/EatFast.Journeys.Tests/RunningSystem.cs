using System.Diagnostics;
using System.Text.Json.Nodes;
using EatFast.Journeys;
using EatFast.Journeys.Otlp;

// The demo driver carries one order at a time.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: AssemblyFixture(typeof(RunningSystem))]

namespace EatFast.Journeys;

/// <summary>The whole system as a developer runs it: the AppHost with all processes, on free ports and a state folder of its own.</summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly string _state = Path.Combine(Path.GetTempPath(), $"eatfast-journey-{Guid.NewGuid():N}");
    private readonly List<string> _output = [];
    private Process _appHost = null!;

    public OtlpReceiver Telemetry { get; private set; } = null!;

    public JsonNode Endpoints => JsonNode.Parse(File.ReadAllText(Path.Combine(_state, "endpoints.json")))!;

    public Uri Gateway => new((string)Endpoints["gateway"]!);

    public Uri Simulator => new((string)Endpoints["simulator"]!);

    public async ValueTask InitializeAsync()
    {
        Telemetry = await OtlpReceiver.StartAsync();
        Directory.CreateDirectory(_state);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var appHost = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../EatFast.AppHost", configuration, "EatFast.AppHost.dll"));
        var start = new ProcessStartInfo("dotnet", [appHost])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["EATFAST_STATE"] = _state,
                ["Gateway__Port"] = "0",
                ["Simulator__Port"] = "0",
                // More people than one address may register in an hour; the limits have tests of their own.
                ["RateLimits__Enabled"] = "false",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "500"
            }
        };
        _appHost = Process.Start(start)!;
        _appHost.OutputDataReceived += (_, line) => Keep(line.Data);
        _appHost.ErrorDataReceived += (_, line) => Keep(line.Data);
        _appHost.BeginOutputReadLine();
        _appHost.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary>The lines that our own processes and the stores have written; the simulated providers know what they were told.</summary>
    public IEnumerable<(string File, string Text)> Logs => Directory.EnumerateFiles(_state, "*.log*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith("simulator", StringComparison.Ordinal))
        .Select(file => (Path.GetRelativePath(_state, file), ReadShared(file)))
        .Append(("what the AppHost says", Output()));

    /// <summary>SIGKILL, as a crash or the kernel would do it.</summary>
    public void Kill(string resource)
    {
        using var process = Process.GetProcessById((int)ResourceOf(resource)["pid"]!);
        process.Kill();
    }

    public int RestartsOf(string resource) => (int)ResourceOf(resource)["restarts"]!;

    private JsonNode ResourceOf(string name) => Endpoints["resources"]!.AsArray().Single(resource => (string?)resource!["name"] == name)!;

    private async Task WaitUntilReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!File.Exists(Path.Combine(_state, "endpoints.json")))
        {
            if (_appHost.HasExited || waited.Elapsed > StartLimit)
                throw new InvalidOperationException("The system did not start:\n" + Output());
            await timer.WaitForNextTickAsync();
        }
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
    }

    private string Output()
    {
        lock (_output)
            return string.Join('\n', _output);
    }

    public async ValueTask DisposeAsync()
    {
        using (Process.Start("kill", ["-TERM", $"{_appHost.Id}"]))
            await _appHost.WaitForExitAsync();
        await Telemetry.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }
}
