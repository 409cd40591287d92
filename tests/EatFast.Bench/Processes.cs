using System.Globalization;

namespace EatFast.Bench;

/// <summary>What the kernel says of a process and everything it has started.</summary>
internal sealed record ProcessUse(string Name, double RssMb, double PssMb, double CpuSeconds);

/// <summary>Reads memory and processor time of the system's processes from /proc.</summary>
internal static class Processes
{
    private const double TicksPerSecond = 100;

    public static List<ProcessUse> Read(IEnumerable<(string Name, int ProcessId)> roots)
    {
        var children = ChildrenOfAll();
        return [.. roots.Select(root => Sum(root.Name, Family(root.ProcessId, children)))];
    }

    private static ProcessUse Sum(string name, IEnumerable<int> family)
    {
        var (rss, pss, cpu) = (0.0, 0.0, 0.0);
        foreach (var process in family)
        {
            try
            {
                var memory = File.ReadLines($"/proc/{process}/smaps_rollup").ToList();
                rss += Kilobytes(memory, "Rss:") / 1024;
                pss += Kilobytes(memory, "Pss:") / 1024;
                var stat = StatOf(process);
                cpu += (Number(stat[11]) + Number(stat[12])) / TicksPerSecond;
            }
            catch (IOException)
            {
                // It has ended since it was listed.
            }
        }
        return new(name, rss, pss, cpu);
    }

    private static double Kilobytes(IEnumerable<string> lines, string member)
    {
        var line = lines.First(line => line.StartsWith(member, StringComparison.Ordinal));
        return Number(line[member.Length..].Replace("kB", "", StringComparison.Ordinal));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static List<int> Family(int root, ILookup<int, int> children) =>
        [root, .. children[root].SelectMany(child => Family(child, children))];

    private static ILookup<int, int> ChildrenOfAll()
    {
        var pairs = new List<(int Parent, int Child)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process))
                continue;
            try
            {
                pairs.Add((int.Parse(StatOf(process)[1], CultureInfo.InvariantCulture), process));
            }
            catch (IOException)
            {
                // It has ended since it was listed.
            }
        }
        return pairs.ToLookup(pair => pair.Parent, pair => pair.Child);
    }

    // After the name in brackets, which may hold spaces: state, parent, ..., user and system time as the 12th and 13th.
    private static string[] StatOf(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }
}
