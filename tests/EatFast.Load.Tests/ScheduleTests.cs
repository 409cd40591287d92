using System.Collections.Concurrent;
using EatFast.Testing;

namespace EatFast.Load.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public async Task Slow_answers_do_not_delay_the_next_order_and_show_as_latency()
    {
        await using var gateway = await StubGateway.StartAsync();
        var gate = new TaskCompletionSource();
        var options = Runs.Options(gateway) with
        {
            Rate = 200,
            Orders = 100,
            AnswerWithin = TimeSpan.FromMinutes(1),
            Mix = new() { PlaceOnly = true }
        };
        gateway.Trouble = async http =>
        {
            if (http.Request.Path == "/api/v1/orders")
                await gate.Task;
            return false;
        };

        await using var run = await LoadRun.StartAsync(options, TimeProvider.System);
        await Eventually.AsTrue(() => gateway.CallsTo("/api/v1/orders").Count == 100, "all orders are under way at once");
        Assert.Equal((100, 0, 100), (run.Counts.Offered, run.Counts.Accepted, run.Counts.UnderWay));
        gate.SetResult();
        await run.Completion.WaitAsync(Runs.Patience);

        var placed = Assert.Single(run.Summarise(), call => call.Call == Calls.Place);
        Assert.Equal(100, placed.Count);
        // The first was due half a second before the last one, and all were answered together.
        Assert.InRange(placed.MaxMs, 450, 30_000);
    }

    [Fact]
    public async Task Without_a_rate_as_many_orders_are_under_way_as_there_are_customers_at_a_time()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (three, now, counts) = (new TaskCompletionSource(), 0, new ConcurrentQueue<int>());
        gateway.Trouble = async http =>
        {
            if (http.Request.Path != "/api/v1/orders")
                return false;
            var inside = Interlocked.Increment(ref now);
            counts.Enqueue(inside);
            if (inside == 3)
                three.TrySetResult();
            await three.Task;
            Interlocked.Decrement(ref now);
            return false;
        };

        var options = Runs.Options(gateway) with { Orders = 40, Concurrency = 3, Mix = new() { PlaceOnly = true } };
        await using var run = await Runs.ToTheEndAsync(options);

        Assert.Equal(40, run.Counts.Accepted);
        Assert.Equal(3, counts.Max());
    }

    [Fact]
    public async Task What_would_be_too_much_at_once_is_counted_and_not_begun()
    {
        await using var gateway = await StubGateway.StartAsync();
        var gate = new TaskCompletionSource();
        gateway.Trouble = async http =>
        {
            if (http.Request.Path == "/api/v1/orders")
                await gate.Task;
            return false;
        };

        var options = Runs.Options(gateway) with { Rate = 500, Orders = 20, MostAtOnce = 5, Mix = new() { PlaceOnly = true } };
        await using var run = await LoadRun.StartAsync(options, TimeProvider.System);
        await Eventually.AsTrue(() => run.Counts.Shed == 15, "fifteen are shed");
        gate.SetResult();
        await run.Completion.WaitAsync(Runs.Patience);

        Assert.Equal((5, 5), (run.Counts.Offered, run.Counts.Accepted));
    }

    [Fact]
    public async Task A_stopped_run_gives_up_what_does_not_end()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Trouble = async http =>
        {
            if (http.Request.Path == "/api/v1/orders")
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return false;
        };
        var options = Runs.Options(gateway) with { Orders = null, Rate = 50, AnswerWithin = TimeSpan.FromMinutes(5) };
        await using var run = await LoadRun.StartAsync(options, TimeProvider.System);
        await Eventually.AsTrue(() => run.Counts.UnderWay > 3, "some orders are under way");

        await run.StopAsync(TimeSpan.FromMilliseconds(50));

        Assert.True(run.Completion.IsCompletedSuccessfully);
        Assert.Equal((run.Counts.Offered, 0), (run.Counts.Abandoned, run.Counts.UnderWay));
    }
}
