using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace EatFast.LocalEngine.Running;

/// <summary>A store from installed programs: it owns a folder, and its processes run as a system user of their own when the engine
/// runs as root.</summary>
internal abstract class RunnableStore(IResource resource, StateDirectory state, Programs programs, string systemUser) : Runnable(resource)
{
    protected string Folder { get; } = Path.Combine(state.Stores, resource.Name);
    protected Programs Programs { get; } = programs;

    /// <summary>Postgres refuses to run as root at all, and the others should not.</summary>
    protected string? User { get; } = Environment.IsPrivilegedProcess && HasUser(systemUser) ? systemUser : null;

    protected void CreateFolder(params string[] below)
    {
        Directory.CreateDirectory(Folder);
        foreach (var name in below)
            Directory.CreateDirectory(Path.Combine(Folder, name));
    }

    protected void WriteFile(string name, string content) => PrivateFile.Write(Path.Combine(Folder, name), content);

    protected async Task HandOverFolderAsync(CancellationToken ct)
    {
        File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (User is not null)
            await RunAsync(new Launch("chown", ["-R", $"{User}:", Folder], "/"), ct);
    }

    /// <summary>Runs a short-lived tool and returns its output; its failure is the reader's to know, with the tool's own words.</summary>
    protected static async Task<string> RunAsync(Launch launch, CancellationToken ct)
    {
        var (exitCode, output) = await TryRunAsync(launch, ct);
        return exitCode == 0 ? output : throw new EngineException($"{Path.GetFileName(launch.Program)} failed: {output.Trim()}");
    }

    protected static async Task<(int ExitCode, string Output)> TryRunAsync(Launch launch, CancellationToken ct)
    {
        string[] command = launch.User is null
            ? [launch.Program, .. launch.Arguments]
            : ["setpriv", $"--reuid={launch.User}", $"--regid={launch.User}", "--clear-groups", launch.Program, .. launch.Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = launch.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in launch.Environment)
            start.Environment[key] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            // An abandoned tool would go on writing into a folder that someone else is about to use.
            process.Kill();
        }
    }

    /// <summary>Sends a greeting and returns the first bytes of the answer, empty when nobody answers.</summary>
    protected static async Task<string> AskAsync(int port, string greeting, CancellationToken ct)
    {
        using var client = new TcpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await client.ConnectAsync("127.0.0.1", port, deadline.Token);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(greeting), deadline.Token);
            var answer = new byte[256];
            var length = await client.GetStream().ReadAtLeastAsync(answer, 8, throwOnEndOfStream: false, deadline.Token);
            return Encoding.Latin1.GetString(answer, 0, length);
        }
        catch (Exception silence)
            when (silence is SocketException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return "";
        }
    }

    private static bool HasUser(string name) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
}
