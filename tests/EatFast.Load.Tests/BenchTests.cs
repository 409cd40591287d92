using EatFast.Bench;
using EatFast.Bench.Parts;

namespace EatFast.Load.Tests;

public sealed class BenchTests
{
    private const string Output = """
        Running 15s test @ http://localhost:8080/
          2 threads and 32 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     5.93ms    4.27ms  94.59ms   86.90%
            Req/Sec     2.91k   412.01     3.78k    71.67%
          Latency Distribution
             50%  812.00us
             75%    7.30ms
             90%   10.65ms
             99%    1.02s
          87013 requests in 15.02s, 330.05MB read
          Socket errors: connect 1, read 2, write 0, timeout 4
          Non-2xx or 3xx responses: 10
        Requests/sec:   5793.42
        Transfer/sec:     21.97MB
        """;

    [Fact]
    public void Rate_latencies_and_all_failures_are_read_from_what_wrk_prints() =>
        Assert.Equal(new Reads(5793.42, 0.812, 1020, 17), Wrk.Parse(Output));

    [Fact]
    public void Without_errors_wrk_prints_no_line_of_them()
    {
        string[] errors = ["Socket errors", "Non-2xx"];
        var lines = Output.Split('\n').Where(line => !errors.Any(line.Contains));

        Assert.Equal(0, Wrk.Parse(string.Join('\n', lines)).Failures);
    }

    [Fact]
    public void Output_without_a_result_is_no_result() => Assert.Throws<LoadFailedException>(() => Wrk.Parse("unable to connect"));

    [Fact]
    public void A_figure_is_given_with_its_spread()
    {
        Assert.Equal("12 (9.50 to 30, 3 times)", $"{new Spread([30, 9.5, 12])}");
        Assert.Equal("0.25", $"{new Spread([0.25])}");
    }

    [Fact]
    public void Memory_and_processor_time_are_those_of_the_process_and_its_children()
    {
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", "sleep 60 & wait"]);
        var own = Processes.Read([("tests", Environment.ProcessId)]).Single();
        var child = Processes.Read([("shell", shell.Id)]).Single();
        shell.Kill(entireProcessTree: true);

        Assert.InRange(child.RssMb, 0.1, 50);
        Assert.InRange(own.RssMb, child.RssMb + 10, 4_000);
        Assert.InRange(own.PssMb, 1, own.RssMb);
        Assert.True(own.CpuSeconds > 0);
    }

    [Fact]
    public async Task The_yardstick_answers_the_same_bytes_to_our_own_generator()
    {
        await using var bare = await BareEndpoint.StartAsync([1, 2, 3]);
        using var http = new HttpClient();

        Assert.Equal([1, 2, 3], await http.GetByteArrayAsync(bare.Address));
        var reads = await OwnReads.RunAsync(bare.Address, connections: 2, seconds: 1);

        Assert.True(reads.PerSecond > 50);
        Assert.InRange(reads.P50Ms, 0.001, reads.P99Ms);
        Assert.Equal(0, reads.Failures);
    }

    [Theory]
    [InlineData("--seconds", "0")]
    [InlineData("--repeats", "many")]
    [InlineData("--warmup")]
    [InlineData("--fast", "1")]
    public void Nonsense_is_refused_with_a_sentence(params string[] args) =>
        Assert.Contains(args[0], Assert.Throws<LoadFailedException>(() => BenchOptions.Parse(args)).Message, StringComparison.Ordinal);
}
