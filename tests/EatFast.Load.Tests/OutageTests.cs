using Microsoft.AspNetCore.Http;

namespace EatFast.Load.Tests;

public sealed class OutageTests
{
    [Fact]
    public async Task An_order_that_met_two_outages_was_sent_three_times_with_the_same_key_and_body()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Trouble = FirstTwo("/api/v1/orders", gateway);

        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway));

        var sent = gateway.CallsTo("/api/v1/orders");
        Assert.Equal(3, sent.Count);
        Assert.Single(sent.Distinct());
        Assert.StartsWith(run.Id, sent[0].Key, StringComparison.Ordinal);
        Assert.Equal(2, run.Counts.Retries);
        Assert.Equal((1, 1, 0), (run.Counts.Accepted, run.Counts.Delivered, run.Counts.Abandoned));
        Assert.Equal((1L, 1L), (run.Counts.ByStatus[503], run.Counts.ByStatus[0]));
    }

    [Fact]
    public async Task The_journal_tells_each_attempt_and_what_came_of_it()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Trouble = FirstTwo("/api/v1/orders", gateway);
        var journal = Runs.JournalPath();

        await using (await Runs.ToTheEndAsync(Runs.Options(gateway) with { Journal = journal }))
        {
        }

        var lines = JournalRecord.Read(journal).Where(record => record.Call == Calls.Place).ToList();
        Assert.Equal(["sent", "answered", "sent", "lost", "sent", "answered"], lines.Select(line => line.Event));
        Assert.Equal([503, null, 201], lines.Where(line => line.Event != JournalRecord.Sent).Select(line => line.Status));
        Assert.Equal("connection", lines[3].Failure);
        Assert.NotNull(lines[^1].OrderId);
        Assert.Equal(64, lines[^1].AnswerHash!.Length);
        Assert.Single(lines.Select(line => line.Key).Distinct());
        File.Delete(journal);
    }

    [Fact]
    public async Task A_line_says_what_is_sent_before_it_is_sent()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (journal, unknown) = (Runs.JournalPath(), 0);
        gateway.Trouble = http =>
        {
            var key = $"{http.Request.Headers["Idempotency-Key"]}";
            if (key.Length > 0 && !JournalRecord.Read(journal).Any(line => line.Key == key && line.Event == JournalRecord.Sent))
                unknown++;
            return Task.FromResult(false);
        };

        await using (await Runs.ToTheEndAsync(Runs.Options(gateway) with { Journal = journal, Orders = 5 }))
        {
        }

        Assert.NotEmpty(gateway.CallsTo("/api/v1/orders"));
        Assert.Equal(0, unknown);
        File.Delete(journal);
    }

    [Fact]
    public async Task An_expired_token_is_renewed_and_the_call_repeated()
    {
        await using var gateway = await StubGateway.StartAsync();
        var refused = false;
        gateway.Trouble = http =>
        {
            if (refused || http.Request.Path != "/api/v1/orders")
                return Task.FromResult(false);
            (refused, http.Response.StatusCode) = (true, 401);
            return Task.FromResult(true);
        };

        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway));

        Assert.Single(gateway.CallsTo("/auth/refresh"));
        Assert.Equal(1, run.Counts.Delivered);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated_and_ends_the_order_with_its_reason()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Trouble = async http =>
        {
            if (http.Request.Path != "/api/v1/orders")
                return false;
            http.Response.StatusCode = 422;
            await http.Response.WriteAsync("""{"error_code":"ITEM_UNAVAILABLE"}""");
            return true;
        };

        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway));

        Assert.Single(gateway.CallsTo("/api/v1/orders"));
        Assert.Equal((0, 1), (run.Counts.Accepted, run.Counts.Abandoned));
        Assert.Equal("place order: 422 ITEM_UNAVAILABLE", Assert.Single(run.Troubles).Key);
    }

    // The first time 503, the second time the connection breaks.
    private static Func<HttpContext, Task<bool>> FirstTwo(string path, StubGateway gateway) => http =>
    {
        var times = http.Request.Path == path ? gateway.CallsTo(path).Count : 3;
        if (times == 1)
            http.Response.StatusCode = 503;
        else if (times == 2)
            http.Abort();
        return Task.FromResult(times <= 2);
    };
}
