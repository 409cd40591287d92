using EatFast.Drills.Faults;
using EatFast.Drills.Reporting;
using EatFast.Drills.Running;
using EatFast.Drills.Target;

namespace EatFast.Drills;

/// <summary>The chosen drills one after the other on one system: each begins at rest, and ends with a check.</summary>
internal static class Session
{
    public static async Task<int> RunAsync(DrillOptions options, Terminal console, CancellationToken ct)
    {
        var drills = Catalogue.Named([.. options.Names]);
        if (drills.Count == 0)
            throw new DrillFailedException($"No drill is called {string.Join(" ", options.Names)}: see './eatfast drill list'.");
        console.Say("starting a system of its own");
        await using var product = await SystemUnderTest.StartAsync(options.AppHost, options.State, null, ct);
        var runner = new DrillRunner(product, PlanOf(options), TimeProvider.System, console.Say);
        await runner.WarmUpAsync(drills[0].WarmUp, ct);

        var failed = new List<string>();
        var lags = new List<OutboxLag>();
        foreach (var drill in drills)
        {
            var result = await runner.RunAsync(drill, ct);
            console.Tell(result);
            Report.Save(result, Path.Combine(options.State, "reports"));
            lags.Add(result.Lag);
            if (!result.Passed)
                failed.Add(drill.Id);
        }
        console.Summary(drills.Count, failed, OutboxLag.Of(lags));
        return failed.Count == 0 ? 0 : 1;
    }

    public static DrillPlan PlanOf(DrillOptions options)
    {
        var plan = options.Release ? DrillPlan.Release : DrillPlan.Short;
        return plan with { Seed = options.Seed, IsLenient = options.Lenient, Rate = options.Rate ?? plan.Rate };
    }
}
