using System.Diagnostics;
using EatFast.Drills.People;
using EatFast.Drills.Running;
using EatFast.Drills.Target;

namespace EatFast.Drills.Faults;

/// <summary>D4: Postgres is stopped at once, and killed. Meanwhile everybody is told so quickly, and nobody is told a success.</summary>
internal sealed class LosePostgres : Drill
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AcceptsAgainWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    public override string Id => "D4";

    public override string Title => "Postgres stopped at once and killed";

    public override string Trials => "outages";

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            var value = await stage.Rows.ScalarAsync<string>($"SHOW {setting}", ct);
            stage.Expect(value == "on", "I15", () => $"{setting} is {value}");
        }
        var lockout = await stage.Rows.ScalarAsync<string>("SHOW data_directory", ct) + "/recovery.signal";
        var customer = await stage.InviteAsync("customer", ct);
        var table = await Table.ChooseAsync(customer, ct);
        for (var round = 0; round < stage.Plan.StoreKills; round++)
        {
            await LoseAsync(stage, customer, table, () => SignalAsync(stage, Processes.Quit), ct);
            await LoseAsync(stage, customer, table, () => KeepAwayAsync(stage, customer, table, lockout, ct), ct);
        }
    }

    private static async Task LoseAsync(Stage stage, Person customer, Table table, Func<Task> lose, CancellationToken ct)
    {
        var restarts = stage.Product.Restarts("postgres");
        var killedAt = stage.Clock.GetUtcNow();
        stage.Try();
        await lose();
        await stage.Product.UntilBackAsync("postgres", restarts, ct);
        var back = stage.Clock.GetUtcNow();
        await Wait.UntilAsync(() => stage.Prober.HasAnswered("ordering", back), "orders can be read again", TimeSpan.FromSeconds(60), ct);
        await table.PlaceAsync(stage, customer, "cash", ct);
        var took = stage.Clock.GetUtcNow() - back;
        stage.Recovered(took);
        var gone = back - killedAt;
        stage.Say($"Postgres was away for {gone.TotalSeconds:0.0} s; orders were accepted {took.TotalSeconds:0.0} s after its return");
        stage.Expect(took <= AcceptsAgainWithin, Stage.Bar,
            () => $"orders were accepted only {took.TotalSeconds:0.0} s after the return of Postgres");
    }

    private static Task SignalAsync(Stage stage, int signal)
    {
        if (stage.Product.Endpoints.Resource("postgres").Pid is { } pid)
            Processes.Signal(pid, signal);
        return Task.CompletedTask;
    }

    // Whoever is asked to recover from an archive, and not told from which, does not start: killing it again and again would let it serve for moments.
    private static async Task KeepAwayAsync(Stage stage, Person customer, Table table, string lockout, CancellationToken ct)
    {
        await File.WriteAllTextAsync(lockout, "", ct);
        try
        {
            stage.Product.KillWhole("postgres");
            await AskWhileDownAsync(stage, customer, table, Wait.PassAsync(Away, ct), ct);
        }
        finally
        {
            File.Delete(lockout);
        }
    }

    // The load's own calls are in flight as well; these are the ones whose every answer is judged.
    private static async Task AskWhileDownAsync(Stage stage, Person customer, Table table, Task down, CancellationToken ct)
    {
        var asking = Stopwatch.StartNew();
        var answers = new List<Reply>();
        var settled = TimeSpan.FromSeconds(0.5);
        while (!down.IsCompleted)
        {
            var isSettled = asking.Elapsed > settled && asking.Elapsed < Away - AnswerWithin;
            var reply = await table.OrderAsync(stage, customer, "cash", Guid.NewGuid().ToString(), ct);
            if (isSettled)
                answers.Add(reply);
        }
        await down;
        var slowest = answers.Select(one => one.Took.TotalSeconds).DefaultIfEmpty().Max();
        stage.Notes.Add($"{answers.Count} orders were refused while Postgres was away, the slowest after {slowest:0.0} s");
        stage.Expect(answers.Count > 0, Stage.Bar, () => "nobody was answered while Postgres was away");
        foreach (var reply in answers)
        {
            stage.Expect(!reply.IsSuccess, "I15", () => $"an order was accepted with {reply.Status} while Postgres was away");
            stage.Expect(
                reply is { Status: 503, HasRetryAfter: true } && reply.Took <= AnswerWithin, Stage.Bar,
                () => $"without Postgres an order was answered {reply.Status} (Retry-After {reply.HasRetryAfter})"
                    + $" after {reply.Took.TotalSeconds:0.0} s{(reply.Took > Hang ? ": a hang" : "")}");
        }
    }
}
