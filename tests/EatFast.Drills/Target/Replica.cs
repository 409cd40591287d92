using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EatFast.Drills.Running;

namespace EatFast.Drills.Target;

/// <summary>A second process of a service, on ports of its own: it shares outbox and queues with the first, and gets no requests.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;

    private Replica(Process process, StreamWriter log) => (_process, _log) = (process, log);

    public static async Task<Replica> StartAsync(SystemUnderTest system, string service, CancellationToken ct)
    {
        var pid = system.Endpoints.Resource(service).Pid ?? throw new DrillFailedException($"{service} does not run.");
        var command = Split(pid, "cmdline");
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = new DirectoryInfo($"/proc/{pid}/cwd").LinkTarget!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment.Clear();
        foreach (var variable in Split(pid, "environ").Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2))
            start.Environment[variable[0]] = variable[1];
        var (http, grpc) = (FreePort(), FreePort());
        start.Environment["ASPNETCORE_URLS"] = $"http://localhost:{http};http://localhost:{grpc}";
        start.Environment["GRPC_PORT"] = $"{grpc}";
        start.Environment.Remove("EATFAST_DRILLS");

        var replica = new Replica(Process.Start(start)!,
            new StreamWriter(Path.Combine(system.Logs, $"{service}-replica.log"), append: true));
        replica.CopyOutput();
        await replica.UntilHealthyAsync(http, ct);
        return replica;
    }

    public void Stop() => Processes.Signal(_process.Id, Processes.Stop);

    public void Continue() => Processes.Signal(_process.Id, Processes.Continue);

    private async Task UntilHealthyAsync(int port, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
        await Wait.UntilAsync(async () =>
        {
            if (_process.HasExited)
                throw new DrillFailedException($"The replica ended with {_process.ExitCode}.");
            try
            {
                using var answer = await http.GetAsync($"http://localhost:{port}/health", ct);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception unready) when (unready is HttpRequestException
                || (unready is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return false;
            }
        }, "the replica is healthy", TimeSpan.FromSeconds(60), ct);
    }

    private void CopyOutput()
    {
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Write(string? line)
    {
        lock (_log)
            _log.WriteLine(line);
    }

    private static string[] Split(int pid, string file) =>
        File.ReadAllText($"/proc/{pid}/{file}").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Continue();
        Processes.Signal(_process.Id, 15);
        await _process.WaitForExitAsync();
        _process.Dispose();
        lock (_log)
            _log.Dispose();
    }
}
