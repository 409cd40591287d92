using System.Text.Json;

namespace EatFast.Drills.Target;

/// <summary>The folder through which a drill build is told to fail: armed failpoints, their hits, and faults of the messages.</summary>
internal sealed class DrillBox
{
    private readonly string _root;

    public DrillBox(string root)
    {
        _root = root;
        Directory.CreateDirectory(Failpoints);
    }

    public string Root => _root;

    private string Failpoints => Path.Combine(_root, "failpoints");

    private string Log => Path.Combine(Failpoints, "hits.log");

    private string Faults => Path.Combine(_root, "faults.json");

    public void Arm(string service, string failpoint) => File.WriteAllText(Path.Combine(Failpoints, $"{service}.{failpoint}"), "");

    public bool IsArmed(string service, string failpoint) => File.Exists(Path.Combine(Failpoints, $"{service}.{failpoint}"));

    public void Disarm(string service, string failpoint) => File.Delete(Path.Combine(Failpoints, $"{service}.{failpoint}"));

    public void Disarm()
    {
        foreach (var file in Directory.EnumerateFiles(Failpoints).Where(file => file != Log))
            File.Delete(file);
        File.Delete(Faults);
    }

    public void DisturbMessages(double duplicate, int delayMs, int reorder)
    {
        var unfinished = $"{Faults}.new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(new { duplicate, delayMs, reorder }));
        File.Move(unfinished, Faults, overwrite: true);
    }

    /// <summary>The processes that have killed themselves so far.</summary>
    public IReadOnlyList<Hit> Hits() => !File.Exists(Log) ? [] :
    [
        .. File.ReadLines(Log).Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3)
            .Select(parts => new Hit(parts[1], parts[2]))
    ];
}

internal sealed record Hit(string Service, string Failpoint);
