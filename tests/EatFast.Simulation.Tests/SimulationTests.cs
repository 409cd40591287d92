using System.Diagnostics;
using EatFast.Simulation.Core;

namespace EatFast.Simulation.Tests;

// One test at a time: each uses both processors by itself.
[Collection("simulation")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 2000;
    private const int Workers = 2;

    [Fact]
    public void Whatever_breaks_no_order_and_no_franc_is_lost()
    {
        Runner.Prepare();
        var watch = Stopwatch.StartNew();

        var outcomes = Runner.RunAll([.. Enumerable.Range(1, Seeds).Select(seed => new Scenario(seed))], Workers);

        output.WriteLine(Runner.Summary(outcomes, watch));
        Assert.Equal(Seeds, outcomes.Count);
        Assert.True(outcomes.All(outcome => outcome.IsClean), ReportOf(outcomes));
    }

    [Fact]
    public void The_same_seed_runs_the_same_way_twice()
    {
        var scenarios = Enumerable.Range(1, 50).Select(seed => new Scenario(seed)).ToList();

        var first = Runner.RunAll(scenarios, Workers);
        var second = Runner.RunAll(scenarios, Workers);

        Assert.Equal(first.Select(outcome => outcome.Hash), second.Select(outcome => outcome.Hash));
        Assert.Equal(scenarios.Count, first.Select(outcome => outcome.Hash).Distinct().Count());
        Assert.All(first, outcome => Assert.True(outcome.Counts.Events > 50));
    }

    [Fact]
    public void A_whole_day_ends_with_every_order_and_every_franc_accounted_for()
    {
        Runner.Prepare();
        var watch = Stopwatch.StartNew();

        var day = Runner.Run(Scenario.Day(seed: 7, orders: 300));

        output.WriteLine(Runner.Summary([day], watch));
        Assert.True(day.IsClean, day.Report());
        Assert.True(day.Counts.Orders >= 300);
    }

    private static string ReportOf(IEnumerable<Outcome> outcomes) => string.Join(
        "\n\n", outcomes.Where(outcome => !outcome.IsClean).Take(3).Select(outcome => outcome.Report()));
}
