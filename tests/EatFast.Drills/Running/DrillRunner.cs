using System.Diagnostics;
using EatFast.Drills.Checking;
using EatFast.Drills.Invariants;
using EatFast.Drills.People;
using EatFast.Drills.Reading;
using EatFast.Drills.Target;
using EatFast.Load;

namespace EatFast.Drills.Running;

/// <summary>Runs a drill: load, fault, load again, rest, check.</summary>
internal sealed class DrillRunner(SystemUnderTest product, DrillPlan plan, TimeProvider clock, Action<string> say)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceWithOrders = TimeSpan.FromSeconds(45);
    private int _number;

    /// <summary>Lets everything be compiled and every pool be filled, so that the first drill is not measured on cold processes.</summary>
    public async Task WarmUpAsync(TimeSpan time, CancellationToken ct)
    {
        say($"warming up for {time.TotalSeconds:0} s");
        await using var load = await LoadRun.StartAsync(LoadOf(JournalOf("warm-up")), clock, ct);
        await Wait.PassAsync(time, ct);
        await load.StopAsync(PatienceWithOrders);
    }

    public async Task<DrillResult> RunAsync(Drill drill, CancellationToken ct)
    {
        var took = Stopwatch.StartNew();
        await using var stage = new Stage(product, plan, clock, say);
        var since = clock.GetUtcNow();
        var journal = JournalOf(drill.Id);
        say($"{drill.Id} {drill.Title}: load begins");
        await using var load = stage.Load = await LoadRun.StartAsync(drill.Shape(LoadOf(journal)), clock, ct);
        var begun = clock.GetUtcNow();
        DateTimeOffset from;
        DateTimeOffset until;
        await using (stage.Prober = await ProberAsync(stage, ct))
        {
            await Wait.PassAsync(plan.Before, ct);
            from = clock.GetUtcNow();
            await TryAsync(stage, () => drill.InflictAsync(stage, ct));
            until = clock.GetUtcNow();
            await Wait.PassAsync(plan.After, ct);
        }

        var ending = clock.GetUtcNow();
        say($"{drill.Id}: load stops after {load.Counts.Accepted} orders");
        await load.StopAsync(PatienceWithOrders);
        product.Box.Disarm();
        await TryAsync(stage, () => drill.AftermathAsync(stage, ct));
        if (await Operator.CloseAsync(stage, since, ct) is > 0 and var closed)
            stage.Notes.Add($"an operator cancelled {closed} orders whose people had given up");
        Span[] healthy = drill.MeasuresLag ? [new Span(begun + Settling, from)] : [];
        var witness = new Witness(product, stage.Rows, stage.Broker);
        var (rest, evidence, verdict) = await new Quiesce(stage, witness).WaitAsync(() => stage.Statement(since, journal, healthy), ct);
        await stage.Broker.ForgetDeadLettersAsync(ct);
        return new(drill.Id, drill.Title, drill.Trials, verdict)
        {
            Offered = load.Counts.Offered + OwnOrders(evidence, load),
            Accepted = evidence.Calls.Where(call => call is { Kind: ClientCall.PlaceOrder, IsAcknowledged: true })
                .Select(call => call.OrderId)
                .Distinct().Count(),
            Ended = evidence.Orders.Count(order => OrdersEnd.IsOver(order.Status)),
            Trials = stage.Trials,
            IsLenient = plan.IsLenient,
            Quiesced = rest,
            Recoveries = [.. stage.Recoveries],
            Before = load.SummariseAll(begun, from),
            During = load.SummariseAll(from, until),
            After = load.SummariseAll(until, ending),
            Lag = OutboxDrains.Lag(evidence),
            Took = took.Elapsed,
            Notes = [.. stage.Notes, .. load.Troubles.OrderByDescending(trouble => trouble.Value).Take(3)
                .Select(trouble => $"given up {trouble.Value}x: {trouble.Key}")]
        };
    }

    private static async Task TryAsync(Stage stage, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (DrillFailedException failed)
        {
            stage.Expect(false, Stage.Course, () => failed.Message);
        }
    }

    private static async Task<Prober> ProberAsync(Stage stage, CancellationToken ct) => new(
        await stage.InviteAsync("customer", ct), await stage.InviteDemoAsync("driver2@eatfast.local", ct), stage.Clock);

    private static int OwnOrders(Evidence evidence, LoadRun load) => evidence.Calls
        .Where(call => call.Kind == ClientCall.PlaceOrder && !call.Key.Contains(load.Id, StringComparison.Ordinal)).Select(call => call.Key)
            .Distinct().Count();

    private LoadOptions LoadOf(string journal) => LoadOptions.For(SystemEndpoints.Read(Path.Combine(product.State, "endpoints.json"))) with
    {
        Rate = plan.Rate,
        Customers = 10,
        Drivers = 10,
        Seed = plan.Seed + _number,
        Journal = journal
    };

    private string JournalOf(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(product.State, "journals"));
        return Path.Combine(folder.FullName, $"{++_number:00}-{name}.jsonl");
    }
}
