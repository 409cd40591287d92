namespace EatFast.Load.Tests;

internal static class Runs
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static LoadOptions Options(StubGateway gateway) => new()
    {
        Gateway = gateway.Address,
        Customers = 2,
        Orders = 1,
        Concurrency = 1,
        AnswerWithin = TimeSpan.FromSeconds(5),
        LookEvery = TimeSpan.FromMilliseconds(1),
        Mix = new() { Cash = 1, Cancelled = 0, Rejected = 0, Unpaid = 0, Rated = 1 }
    };

    public static string JournalPath() => Path.Combine(Path.GetTempPath(), $"eatfast-journal-{Guid.NewGuid():N}.jsonl");

    /// <summary>Runs until all its orders have ended.</summary>
    public static async Task<LoadRun> ToTheEndAsync(LoadOptions options)
    {
        var run = await LoadRun.StartAsync(options, TimeProvider.System);
        await run.Completion.WaitAsync(Patience);
        return run;
    }
}
