using EatFast.Simulation.Core;

namespace EatFast.Simulation.Tests;

[Collection("simulation")]
public sealed class SensitivityTests(ITestOutputHelper output)
{
    private const int Patience = 300;

    [Theory]
    [InlineData(nameof(Sabotage.NoInbox), "I8")]
    [InlineData(nameof(Sabotage.AckBeforeCommit), "I")]
    [InlineData(nameof(Sabotage.MarkBeforeConfirm), "I")]
    [InlineData(nameof(Sabotage.NewProviderReference), "I5")]
    [InlineData(nameof(Sabotage.RefundNotKeyed), "I5")]
    public void A_mistake_put_in_on_purpose_is_noticed(string mistake, string invariant)
    {
        var sabotage = Enum.Parse<Sabotage>(mistake);
        var scenarios = Enumerable.Range(1, Patience).Select(seed => new Scenario(seed, Orders: 3, Sabotage: sabotage)).ToList();

        var outcomes = Runner.RunAll(scenarios, workers: 2, outcome => outcome.IsClean);

        var caught = outcomes.FirstOrDefault(outcome => !outcome.IsClean);
        Assert.True(caught is not null, $"{mistake} was not noticed in {Patience} seeds");
        Assert.Contains(caught.Violations, violation => violation.StartsWith(invariant, StringComparison.Ordinal));
        output.WriteLine($"{mistake}: seed {caught.Scenario.Seed}: {caught.Violations[0]}");
    }
}
