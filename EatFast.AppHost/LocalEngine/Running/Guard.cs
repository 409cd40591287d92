using System.Diagnostics;

namespace EatFast.LocalEngine.Running;

/// <summary>A small script in a session of its own that outlives a SIGKILL of the engine and then ends everything the engine
/// started.</summary>
internal sealed class Guard : IDisposable
{
    private readonly Lock gate = new();
    private readonly StateDirectory state;
    private Process process;
    private bool dismissed;

    public Guard(StateDirectory state)
    {
        this.state = state;
        process = Start();
    }

    /// <summary>Tells the guard that all is stopped and nothing is left to do.</summary>
    public void Dispose()
    {
        lock (gate)
            dismissed = true;

        // Outside the gate: a process raises Exited under a lock of its own, which Dispose takes too.
        if (!process.HasExited)
            process.StandardInput.WriteLine("done");
        process.Dispose();
    }

    private Process Start()
    {
        var started = Process.Start(new ProcessStartInfo(
            "setsid", ["bash", "-c", EmbeddedScript.Read("guard.sh"), "guard", state.Root, state.Stores])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
        started.StandardInput.AutoFlush = true;
        started.EnableRaisingEvents = true;
        started.Exited += (_, _) => Replace();
        return started;
    }

    private void Replace()
    {
        lock (gate)
        {
            if (!dismissed)
                process = Start();
        }
    }
}
