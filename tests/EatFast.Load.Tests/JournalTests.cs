using EatFast.Load.Journal;

namespace EatFast.Load.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly string _path = Runs.JournalPath();

    [Fact]
    public async Task What_was_awaited_can_be_read_while_the_run_goes_on()
    {
        using var journal = new JournalWriter(_path);

        await Task.WhenAll(Enumerable.Range(1, 200).Select(flow => journal.WriteAsync(Line(flow))));

        var read = JournalRecord.Read(_path).ToList();
        Assert.Equal(Enumerable.Range(1, 200), read.Select(record => record.Flow).Order());
        Assert.Equal(Line(7), read.Single(record => record.Flow == 7));
    }

    [Fact]
    public async Task A_journal_is_continued_and_a_torn_last_line_is_passed_over()
    {
        using (var first = new JournalWriter(_path))
            await first.WriteAsync(Line(1));
        using (var second = new JournalWriter(_path))
            second.Write(Line(2));

        await File.AppendAllTextAsync(_path, """{"at":"2026-11-23T08:00:00+00:00","event":"se""");

        Assert.Equal([1, 2], JournalRecord.Read(_path).Select(record => record.Flow));
    }

    [Fact]
    public async Task A_journalled_call_can_be_sent_once_more()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway) with { Journal = _path });
        var sent = JournalRecord.Read(_path).First(record => record is { Call: Calls.Place, Event: JournalRecord.Sent });

        var again = await run.RepeatAsync(sent);

        var calls = gateway.CallsTo("/api/v1/orders");
        Assert.Equal((2, 1), (calls.Count, calls.Distinct().Count()));
        Assert.Equal((201, false), (again.Status, again.Replayed));
    }

    private static JournalRecord Line(int flow) => new()
    {
        At = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
        Event = JournalRecord.Sent,
        Run = "r",
        Flow = flow,
        Call = Calls.Place,
        Attempt = 1,
        Principal = new Guid("01990000-0000-7000-8000-000000000005"),
        Key = $"r-{flow}-place-order",
        Body = """{"specialInstructions":"Sans oignons, « bien »"}"""
    };

    public void Dispose() => File.Delete(_path);
}
