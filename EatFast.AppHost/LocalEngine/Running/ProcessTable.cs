using System.Globalization;
using System.Runtime.InteropServices;

namespace EatFast.LocalEngine.Running;

/// <summary>Linux's process table: who belongs to a session, what it weighs, and signals to it.</summary>
internal static partial class ProcessTable
{
    public const int Interrupt = 2;
    public const int Killed = 9;
    public const int Terminate = 15;

    /// <summary>A process that has gone meanwhile is as good as signalled.</summary>
    public static void Signal(int pid, int signal) => _ = Kill(pid, signal);

    /// <summary>The living processes of a session, and those working inside a folder: Postgres gives each backend a session of
    /// its own.</summary>
    public static List<int> Members(int session, string? folder = null) =>
        [.. All()
            .Where(process => process.Session == session || (folder is not null && WorksIn(process.Id, folder)))
            .Select(process => process.Id)];

    public static bool IsSameProcess(int pid, long startTime) => Read(pid)?.StartTime == startTime;

    public static bool Exists(int pid) => Read(pid) is not null;

    /// <summary>Proportional set size: memory shared between processes is counted once over all of them.</summary>
    public static long PssKilobytes(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/smaps_rollup")
                .FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[4..^2].Trim(), CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    private static IEnumerable<Row> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        let row = Read(int.Parse(name, CultureInfo.InvariantCulture))
        where row is not null
        select row;

    private static Row? Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X"
                ? null
                : new Row(pid, int.Parse(fields[3], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool WorksIn(int pid, string folder)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget is { } target
                && (target == folder || target.StartsWith($"{folder}/", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed record Row(int Id, int Session, long StartTime);
}
