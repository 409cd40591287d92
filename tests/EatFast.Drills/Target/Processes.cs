using System.Globalization;
using System.Runtime.InteropServices;

namespace EatFast.Drills.Target;

/// <summary>Signals, and who belongs to a resource: each runs in a session of its own, and Postgres gives every backend another.</summary>
internal static partial class Processes
{
    public const int Kill = 9;
    public const int Quit = 3;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>A process that has gone meanwhile is as good as signalled.</summary>
    public static void Signal(int pid, int signal) => _ = Send(pid, signal);

    public static List<int> Session(int leader) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           let name = Path.GetFileName(folder)
           where char.IsAsciiDigit(name[0]) && SessionOf(name) == leader
           select int.Parse(name, CultureInfo.InvariantCulture)
    ];

    private static int? SessionOf(string pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
