using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EatFast.LocalEngine.Running;

/// <summary>All that a run keeps on disk, held under a lock that the system releases however the process ends.</summary>
internal sealed class StateDirectory : IDisposable
{
    private static readonly TimeSpan GuardPatience = TimeSpan.FromSeconds(15);
    private readonly FileStream heldLock;

    private StateDirectory(string path, FileStream heldLock)
    {
        Root = path;
        this.heldLock = heldLock;
    }

    public string Root { get; }
    public string Logs => Path.Combine(Root, "logs");
    public string Run => Path.Combine(Root, "run");
    public string EndpointsFile => Path.Combine(Root, "endpoints.json");
    public string Stores { get; private set; } = "";
    public bool StoresAreElsewhere { get; private set; }
    private string OwnerFile => Path.Combine(Root, "owner");
    private string StoresPointer => Path.Combine(Root, "stores-at");

    public static StateDirectory Open(string path, Secrets secrets)
    {
        var state = new StateDirectory(path, TakeLock(path));
        WaitForGuard(path);
        state.KillLeftovers();
        Directory.CreateDirectory(state.Run);
        Directory.CreateDirectory(state.Logs);
        foreach (var log in Directory.EnumerateFiles(state.Logs, "*.log"))
            File.Delete(log);
        File.Delete(state.EndpointsFile);
        state.ChooseStores(secrets);
        return state;
    }

    /// <summary>What a second AppHost tells its user about the first.</summary>
    public void Announce(string? gatewayUrl) => File.WriteAllText(
        OwnerFile, $"process {Environment.ProcessId}" + (gatewayUrl is null ? "" : $", gateway {gatewayUrl}"));

    public string LogOf(string resource) => Path.Combine(Logs, $"{resource}.log");

    public void WipeStoresElsewhere()
    {
        if (StoresAreElsewhere)
            Directory.Delete(Stores, recursive: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
        {
            File.Delete(EndpointsFile);
            File.Delete(OwnerFile);
        }

        heldLock.Dispose();
    }

    private static FileStream TakeLock(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is UnauthorizedAccessException || !Directory.Exists(path))
        {
            throw new EngineException($"The state directory {path} cannot be used: {error.Message}");
        }
        catch (IOException)
        {
            var owner = Path.Combine(path, "owner");
            var who = File.Exists(owner) ? File.ReadAllText(owner) : "another process, still starting";
            throw new EngineException(
                $"EatFast already runs from {path} ({who}). Stop it first, or set EATFAST_STATE to another folder.",
                    EngineException.AlreadyRunning);
        }
    }

    /// <summary>The guard of a killed run is given the time to finish: it must not take this run's processes for the old ones.</summary>
    private static void WaitForGuard(string path)
    {
        var guardLock = Path.Combine(path, "guard.lock");
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var free = new FileStream(guardLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < GuardPatience)
            {
                Task.Delay(100).GetAwaiter().GetResult();
            }
            catch (IOException)
            {
                throw new EngineException($"The processes of the last run from {path} are still being ended: try again in a few seconds.");
            }
        }
    }

    /// <summary>After a power cut or a killed guard: whatever the last run left is ended before the stores' files are touched.</summary>
    private void KillLeftovers()
    {
        if (!Directory.Exists(Run))
            return;

        foreach (var file in Directory.EnumerateFiles(Run))
        {
            var pid = int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture);
            var start = File.ReadAllText(file).Split(' ')[0];
            var isOurs = long.TryParse(start, CultureInfo.InvariantCulture, out var time) && ProcessTable.IsSameProcess(pid, time);
            if (isOurs || !ProcessTable.Exists(pid))
                ProcessTable.Members(pid).ForEach(member => ProcessTable.Signal(member, ProcessTable.Killed));
            File.Delete(file);
        }
    }

    /// <summary>The stores run as users of their own when the engine runs as root, and those cannot enter a folder below /root.</summary>
    private void ChooseStores(Secrets secrets)
    {
        if (Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | UnixFileMode.OtherExecute);

        StoresAreElsewhere = Environment.IsPrivilegedProcess && !EveryoneCanReach(Root);
        Stores = Path.Combine(Root, "stores");
        if (StoresAreElsewhere)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..12];
            Stores = $"/var/tmp/eatfast-{hash}";
            File.WriteAllText(StoresPointer, Stores);
            WipeUnlessOurs(secrets.GetOrCreate("stores-id", () => Guid.NewGuid().ToString("n")));
        }

        Directory.CreateDirectory(Stores);
        File.SetUnixFileMode(Stores, (UnixFileMode)0b111_001_001);
    }

    /// <summary>A folder left there by a state directory that is gone has other passwords inside, so nobody can sign in to it
    /// any more.</summary>
    private void WipeUnlessOurs(string id)
    {
        var marker = Path.Combine(Stores, "id");
        if (File.Exists(marker) && File.ReadAllText(marker) == id)
            return;

        if (Directory.Exists(Stores))
            Directory.Delete(Stores, recursive: true);
        PrivateFile.Write(marker, id);
    }

    private static bool EveryoneCanReach(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }
}
