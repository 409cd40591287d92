using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Gateway;

/// <summary>
/// The processes of a run on one machine, from the AppHost's endpoints.json; elsewhere only the gateway itself.
/// Memory is PSS (shared pages are shared out), each store with its children: Postgres keeps most of its memory in those.
/// </summary>
internal sealed class LocalProcesses(IConfiguration configuration, TimeProvider clock)
{
    public IReadOnlyList<LocalProcess> Read()
    {
        var listed = Listed();
        if (listed.Count == 0)
            listed = [("gateway", Environment.ProcessId, 0)];
        var children = ChildrenByParent();
        return [.. listed.Select(resource => Look(resource, children))];
    }

    private LocalProcess Look((string Name, int Pid, int Restarts) resource, ILookup<int, int> children)
    {
        var isDotNet = resource.Pid == Environment.ProcessId || ProgramOf(resource.Pid) == ProgramOf(Environment.ProcessId);
        // The AppHost is everybody's parent, so a .NET process stands for itself alone.
        var processes = isDotNet ? [resource.Pid] : FamilyOf(resource.Pid, children);
        return new(resource.Name, resource.Restarts, UptimeOf(resource.Pid), processes.Sum(MemoryOf), isDotNet);
    }

    private static string? ProgramOf(int pid)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/exe", returnFinalTarget: false)?.FullName;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return $"unknown program of {pid}";
        }
    }

    private List<(string Name, int Pid, int Restarts)> Listed()
    {
        if (configuration["EATFAST_STATE"] is not { Length: > 0 } state)
            return [];
        try
        {
            var endpoints = JsonNode.Parse(File.ReadAllText(Path.Combine(state, "endpoints.json")));
            return [.. (endpoints?["resources"] as JsonArray ?? [])
                .Where(resource => resource?["pid"] is not null)
                .Select(resource => ((string)resource!["name"]!, (int)resource["pid"]!, (int?)resource["restarts"] ?? 0)),
                .. (int?)endpoints?["appHostPid"] is { } appHost ? new[] { ("apphost", appHost, 0) } : []];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    private double? UptimeOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return Math.Round((clock.GetLocalNow() - process.StartTime).TotalSeconds);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static ILookup<int, int> ChildrenByParent()
    {
        if (!OperatingSystem.IsLinux())
            return Enumerable.Empty<int>().ToLookup(pid => pid);
        return Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .ToLookup(ParentOf);
    }

    // "pid (name) state parent ...": the name may hold spaces and brackets.
    private static int ParentOf(int pid)
    {
        var stat = ReadOrNothing($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static IEnumerable<int> FamilyOf(int pid, ILookup<int, int> children) =>
        children[pid].SelectMany(child => FamilyOf(child, children)).Prepend(pid);

    private static double MemoryOf(int pid)
    {
        var lines = ReadOrNothing($"/proc/{pid}/smaps_rollup").Split('\n');
        var pss = lines.FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        var kilobytes = pss?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] ?? "0";
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024.0;
    }

    private static string ReadOrNothing(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

internal sealed record LocalProcess(string Name, int Restarts, double? UptimeSeconds, double MemoryMb, bool IsDotNet);
