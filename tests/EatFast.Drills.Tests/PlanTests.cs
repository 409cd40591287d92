using EatFast.Drills.Checking;
using EatFast.Drills.Faults;
using EatFast.Drills.Running;

namespace EatFast.Drills.Tests;

public sealed class PlanTests
{
    [Fact]
    public void Every_seeded_defect_names_a_drill_and_an_invariant_that_the_checker_knows()
    {
        var known = Checker.All.Select(invariant => invariant.Id).ToHashSet();

        Assert.Equal(12, Sensitivity.Defects.Select(defect => defect.Name).Distinct().Count());
        Assert.All(Sensitivity.Defects, defect => Assert.NotEmpty(defect.Invariants.Intersect(known)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(300, 0.01)]
    public void No_failure_in_n_trials_bounds_the_rate_at_three_nths(int trials, double bound) =>
        Assert.Equal(bound, DrillResult.Bound(trials), 6);

    [Fact]
    public void Every_failpoint_is_waited_for_somewhere()
    {
        var waited = Failpoints.Places(everywhere: false).Select(place => place.Name).Append(Failpoints.MidMigration);

        Assert.Equal(Failpoints.Names.Order(), waited.Distinct().Order());
        Assert.Equal(19, Failpoints.Names.Count);
    }

    [Fact]
    public void Drills_are_chosen_by_their_number() =>
        Assert.Equal(["D3", "D14"], Catalogue.Named(["d14", "D3"]).Select(drill => drill.Id));

    [Theory]
    [InlineData("--rate", "-1")]
    [InlineData("--what", "1")]
    [InlineData("--seed", "x")]
    public void A_command_line_that_makes_no_sense_is_refused(string option, string value) =>
        Assert.Null(DrillOptions.Parse([option, value]));

    [Theory]
    [InlineData("bar", false, false)]
    [InlineData("bar", true, true)]
    [InlineData("I1", true, false)]
    [InlineData("course", true, false)]
    public void Only_a_missed_limit_of_time_is_forgiven_and_only_when_asked(string broken, bool isLenient, bool passes)
    {
        var verdict = new Verdict(new Dictionary<string, int>(), [new Violation(broken, "it was so")]);

        Assert.Equal(passes, new DrillResult("D1", "a drill", "kills", verdict) { IsLenient = isLenient }.Passed);
    }
}
