namespace EatFast.Bench.Parts;

/// <summary>Resident memory of each process with what it has started, after everything else has been measured.</summary>
internal static class MemoryPart
{
    public static void Run(Figures figures, OwnSystem system)
    {
        Figures.Title("Resident memory after the load");
        var processes = Processes.Read(system.Endpoints.Processes);
        foreach (var process in processes)
            figures.Add($"memory.{process.Name}", process.Name, process.RssMb, $"MB ({process.PssMb:0} MB without what others share)");
        figures.Add("memory.sum", "together, what is shared counted once", processes.Sum(process => process.PssMb), "MB");
    }
}
