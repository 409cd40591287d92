using System.Globalization;

namespace EatFast.Payments.Tests.Drill;

/// <summary>
/// The drill in small, each time; EATFAST_PAYMENT_DRILL=seed:count makes it large, EATFAST_PAYMENT_DRILL_REPORT names a file for its table.
/// </summary>
public sealed class PaymentDrillTests(PaymentsSystem system, ITestOutputHelper output)
{
    private static readonly string[] Asked = (Environment.GetEnvironmentVariable("EATFAST_PAYMENT_DRILL") ?? "20261122:60").Split(':');

    [Fact]
    public async Task With_all_faults_on_no_charge_is_doubled_and_no_paid_order_is_lost()
    {
        var (seed, count) = (int.Parse(Asked[0], CultureInfo.InvariantCulture), int.Parse(Asked[1], CultureInfo.InvariantCulture));

        var report = await RunAsync(seed, count);

        Assert.True(report.IsClean, $"{report}");
        Assert.Equal(count, report.Payments);
    }

    [Fact]
    public async Task The_same_seed_has_the_same_outcome_and_another_one_another()
    {
        var first = await RunAsync(7, 25);
        var second = await RunAsync(7, 25);
        var other = await RunAsync(8, 25);

        Assert.Equal((first.Hash, first.Table), (second.Hash, second.Table));
        Assert.NotEqual(first.Hash, other.Hash);
    }

    private async Task<DrillReport> RunAsync(int seed, int count)
    {
        var drill = new PaymentDrill(system);
        var cases = await drill.RunAsync(seed, count);
        var report = await DrillReport.OfAsync(system, drill, seed, cases);
        output.WriteLine($"{report}");
        if (Environment.GetEnvironmentVariable("EATFAST_PAYMENT_DRILL_REPORT") is { Length: > 0 } file)
            await File.AppendAllTextAsync(file, $"{report}{Environment.NewLine}{Environment.NewLine}");
        return report;
    }
}
