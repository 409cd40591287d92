using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EatFast.LocalEngine.Running;

/// <summary>How to start one program: everything that its process is given.</summary>
internal sealed record Launch(string Program, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The system user to become first; null keeps the engine's own.</summary>
    public string? User { get; init; }
    public string StopSignal { get; init; } = "TERM";

    /// <summary>Where all its processes work, for programs that give them sessions of their own.</summary>
    public string? Folder { get; init; }
}

/// <summary>A program in a session of its own, so that it and all it starts can be found and ended, and Ctrl-C in the terminal
/// reaches only the engine.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly string LaunchScript = EmbeddedScript.Read("launch.sh");
    private readonly Process process;
    private readonly Launch launch;
    private readonly string registration;

    private ChildProcess(Process process, Launch launch, string registration)
    {
        this.process = process;
        this.launch = launch;
        this.registration = registration;
        Id = process.Id;
    }

    /// <summary>Kept apart from the process, which forgets it when it is disposed while someone still asks.</summary>
    public int Id { get; }

    public static ChildProcess Start(string name, Launch launch, StateDirectory state)
    {
        string[] become = launch.User is null ? [] : ["setpriv", $"--reuid={launch.User}", $"--regid={launch.User}", "--clear-groups"];
        var start = new ProcessStartInfo(
            "setsid", ["bash", "-c", LaunchScript, "launch", launch.StopSignal, state.Run, state.LogOf(name),
            .. become, launch.Program, .. launch.Arguments])
        {
            WorkingDirectory = launch.WorkingDirectory,
        };
        foreach (var (key, value) in launch.Environment)
            start.Environment[key] = value;

        try
        {
            var process = Process.Start(start)!;
            return new ChildProcess(process, launch, Path.Combine(state.Run, process.Id.ToString(CultureInfo.InvariantCulture)));
        }
        catch (Win32Exception)
        {
            throw new EngineException(
                "The local engine needs Linux with 'setsid' and 'setpriv' (package util-linux) and 'bash'; elsewhere use Aspire mode.");
        }
    }

    public async Task<int> WaitForExitAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    public long PssKilobytes() => ProcessTable.Members(Id, launch.Folder).Sum(ProcessTable.PssKilobytes);

    /// <summary>Asks politely, then insists; either way nothing of the session is left.</summary>
    public async Task StopAsync(TimeSpan patience, CancellationToken hurry)
    {
        if (!process.HasExited)
        {
            ProcessTable.Signal(Id, launch.StopSignal switch { "INT" => ProcessTable.Interrupt, _ => ProcessTable.Terminate });
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(hurry);
            deadline.CancelAfter(patience);
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await SweepAsync();
    }

    /// <summary>Ends what the program left behind: a crashed RabbitMQ script leaves its Erlang machine, a crashed Postgres its
    /// backends.</summary>
    public async Task SweepAsync()
    {
        for (var round = 0; round < 250; round++)
        {
            var members = ProcessTable.Members(Id, launch.Folder);
            if (members.Count == 0)
                break;
            members.ForEach(member => ProcessTable.Signal(member, ProcessTable.Killed));
            await Task.Delay(20);
        }

        await process.WaitForExitAsync();
        File.Delete(registration);
    }

    public void Dispose() => process.Dispose();
}

internal static class EmbeddedScript
{
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedScript).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
