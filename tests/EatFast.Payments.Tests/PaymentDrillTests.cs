namespace EatFast.Payments.Tests;

/// <summary>The drill of './eatfast drill payments' in small, each time; and it has to see what it is there to see.</summary>
public sealed class PaymentDrillTests(PaymentsSystem system, ITestOutputHelper output)
{
    [Fact]
    public async Task With_all_faults_on_no_charge_is_doubled_and_no_paid_order_is_lost()
    {
        var report = await RunAsync(20261122, 40);

        Assert.True(report.IsClean, $"{report}");
        Assert.Equal(40, report.Payments);
    }

    [Fact]
    public async Task The_same_seed_prints_the_same_and_another_one_something_else()
    {
        var first = await RunAsync(7, 12);
        var second = await RunAsync(7, 12);
        var other = await RunAsync(8, 12);

        Assert.Equal($"{first}", $"{second}");
        Assert.NotEqual(first.Hash, other.Hash);
    }

    [Fact]
    public async Task A_charge_that_is_said_again_under_another_reference_is_noticed()
    {
        system.ChargeAgainWhenLost();
        try
        {
            var report = await RunAsync(3, 40, patienceSeconds: 4);

            Assert.True(report.DoubleCharges > 0, $"{report}");
            Assert.True(report.BooksDiffer > 0, $"{report}");
            Assert.False(report.IsClean);
        }
        finally
        {
            system.RestoreCamPay();
        }
    }

    [Theory]
    [InlineData("--count 500 --seed 9", 9, 500, false)]
    [InlineData("--sabotage", 20261122, 10_000, true)]
    public void The_command_is_understood(string line, int seed, int count, bool isSabotaged) =>
        Assert.Equal(new DrillOptions(seed, count, isSabotaged), DrillOptions.Parse(line.Split(' ')));

    [Theory]
    [InlineData("--count 0")]
    [InlineData("--count")]
    [InlineData("--seed x")]
    [InlineData("--fast")]
    public void A_command_that_is_not_understood_is_refused(string line) => Assert.Null(DrillOptions.Parse(line.Split(' ')));

    private async Task<DrillReport> RunAsync(int seed, int count, int patienceSeconds = 60)
    {
        var drill = new DrillRun(system, TimeSpan.FromSeconds(patienceSeconds), output.WriteLine, hurry: TimeSpan.FromSeconds(1));
        var cases = await drill.RunAsync(seed, count, TestContext.Current.CancellationToken);
        var report = await DrillReport.OfAsync(system, drill, seed, cases);
        output.WriteLine($"{report}");
        return report;
    }
}
