using System.Diagnostics;
using System.Text.Json.Nodes;
using EatFast.Load;

namespace EatFast.Bench;

/// <summary>The whole system, started for the bench with a state folder and ports of its own, as ./eatfast run starts it.</summary>
internal sealed class OwnSystem : IAsyncDisposable
{
    // The AppHost is told to stop when our end of the pipe closes; where that was because we were killed, nobody else would clean up.
    private const string Leash = """
        trap '' INT
        exec 3<&0
        dotnet "$1" </dev/null 3<&- & host=$!
        { cat >/dev/null; kill -TERM $host; } <&3 &
        wait $host
        kill -0 "$3" 2>/dev/null || rm -rf "$2"
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly Process _appHost;

    private readonly string _state;

    private OwnSystem(Process appHost, string state, SystemEndpoints endpoints, TimeSpan readyAfter) =>
        (_appHost, _state, Endpoints, ReadyAfter) = (appHost, state, endpoints, readyAfter);

    public SystemEndpoints Endpoints { get; }

    /// <summary>From the start of the process until everything was healthy.</summary>
    public TimeSpan ReadyAfter { get; }

    public static async Task<OwnSystem> StartAsync(string state)
    {
        var waited = Stopwatch.StartNew();
        var output = new List<string>();
        var appHost = Process.Start(StartInfo(state))!;
        void Keep(string? line)
        {
            lock (output)
                output.Add(line ?? "");
        }
        appHost.OutputDataReceived += (_, line) => Keep(line.Data);
        appHost.ErrorDataReceived += (_, line) => Keep(line.Data);
        appHost.BeginOutputReadLine();
        appHost.BeginErrorReadLine();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var endpoints = Path.Combine(state, "endpoints.json");
        while (!File.Exists(endpoints))
        {
            if (appHost.HasExited || waited.Elapsed > StartLimit)
                throw new LoadFailedException("The system did not start:\n" + string.Join('\n', output));
            await timer.WaitForNextTickAsync();
        }
        return new(appHost, state, SystemEndpoints.Read(endpoints), waited.Elapsed);
    }

    public string UrlOf(string resource) => (string)Endpoints.File["resources"]!.AsArray()
        .Single(entry => (string?)entry!["name"] == resource)!["urls"]![0]!;

    public string Secret(string name) =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(_state, "secrets.json")))![name]!;

    private static ProcessStartInfo StartInfo(string state)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var appHost = Path.Combine(AppContext.BaseDirectory, "../../EatFast.AppHost", configuration, "EatFast.AppHost.dll");
        return new("sh", ["-c", Leash, "sh", Path.GetFullPath(appHost), state, $"{Environment.ProcessId}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["EATFAST_STATE"] = state,
                ["Gateway__Port"] = "0",
                ["Simulator__Port"] = "0",
                ["RateLimits__Enabled"] = "false",
                // The simulator would take processor time that Google's servers do not take from us.
                ["Providers__Ga4__Enabled"] = "false",
                // A few dozen customers order thousands of times, which is what it is there to notice.
                ["Payments__Risk__Enabled"] = "false",
                // Nobody counts cash here.
                ["Payments__Cash__DriverCeilingXaf"] = "1000000000"
            }
        };
    }

    public async ValueTask DisposeAsync()
    {
        _appHost.StandardInput.Close();
        await _appHost.WaitForExitAsync();
        _appHost.Dispose();
    }
}
