namespace EatFast.Bench.Parts;

/// <summary>From the start of the process to everything healthy: on an empty state folder, then on one that is there already.</summary>
internal static class StartPart
{
    /// <summary>The last start stays up, for the other parts.</summary>
    public static async Task<OwnSystem> RunAsync(Figures figures, BenchOptions options, string state)
    {
        Figures.Title("From start to healthy");
        var first = await OwnSystem.StartAsync(state);
        figures.Add("start.first", "first start (databases and schemas are made)", first.ReadyAfter.TotalSeconds, "s");
        await Statements.EnableAsync(first.Endpoints.Database);
        await first.DisposeAsync();

        var again = new List<double>();
        OwnSystem system;
        do
        {
            system = await OwnSystem.StartAsync(state);
            again.Add(system.ReadyAfter.TotalSeconds);
            if (again.Count < options.Repeats)
                await system.DisposeAsync();
        }
        while (again.Count < options.Repeats);
        figures.Add("start.again", "later starts", new Spread(again), "s");
        return system;
    }
}
