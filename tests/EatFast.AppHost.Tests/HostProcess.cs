using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EatFast.LocalEngine.Running;

namespace EatFast.AppHost.Tests;

/// <summary>An AppHost in a process of its own, to be signalled and killed like a developer's.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private HostProcess(Process process) => this.process = process;

    public int Id => process.Id;
    public int ExitCode => process.ExitCode;
    public bool HasExited => process.HasExited;

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public static HostProcess Start(TemporaryState state, params string[] arguments) =>
        StartCommand(state, [new ProbeProject().AssemblyPath, "host", .. arguments]);

    public static HostProcess StartCommand(TemporaryState state, params string[] command)
    {
        var start = new ProcessStartInfo(Programs.Dotnet, command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EATFAST_STATE"] = state.Path;
        var host = new HostProcess(new Process { StartInfo = start });
        host.process.OutputDataReceived += host.Keep;
        host.process.ErrorDataReceived += host.Keep;
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    public static async Task<HostProcess> StartReadyAsync(TemporaryState state, params string[] arguments)
    {
        var host = Start(state, arguments);
        await Eventually.TrueAsync(() => File.Exists(state.EndpointsFile) || host.HasExited, "the host is ready", seconds: 40);
        Assert.False(host.HasExited, host.Output);
        return host;
    }

    public static List<int> ProcessIds(TemporaryState state)
    {
        using var endpoints = JsonDocument.Parse(File.ReadAllText(state.EndpointsFile));
        return [.. endpoints.RootElement.GetProperty("resources").EnumerateArray()
            .Select(resource => resource.GetProperty("pid").GetInt32())];
    }

    public static string Gateway(TemporaryState state)
    {
        using var endpoints = JsonDocument.Parse(File.ReadAllText(state.EndpointsFile));
        return endpoints.RootElement.GetProperty("gateway").GetString()!;
    }

    public void Signal(int signal) => ProcessTable.Signal(Id, signal);

    public void CloseInput() => process.StandardInput.Close();

    public async Task<int> ExitAsync(int seconds = 30)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(seconds));
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(process.HasExited, $"Still running after {seconds} s:\n{Output}");
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Signal(ProcessTable.Terminate);
            process.WaitForExit(TimeSpan.FromSeconds(20));
        }

        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
            output.AppendLine(line.Data);
    }
}
