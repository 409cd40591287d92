using EatFast.Drills.People;
using EatFast.Drills.Running;
using EatFast.Load;

namespace EatFast.Drills.Faults;

/// <summary>D7: the provider times out, fails, moves money and loses the answer, calls back twice, early, late or never; and somebody
/// lies in its name.</summary>
internal sealed class TroubleProvider : Drill
{
    private static readonly (string Kind, string Endpoint)[] Troubles =
    [
        ("error500", "collect"), ("lost_answer", "collect"), ("webhook_twice", "collect"), ("webhook_before_answer", "collect"),
        ("webhook_never", "collect"), ("error500", "withdraw"), ("lost_answer", "withdraw"), ("webhook_twice", "withdraw"),
        ("error500", "transaction")
    ];

    public override string Id => "D7";

    public override string Title => "a troubled provider, and lies in its name";

    public override string Trials => "payments";

    public override LoadOptions Shape(LoadOptions load) =>
        load with { Mix = load.Mix with { Cash = 0, Rejected = 0.25, Cancelled = 0.05, Unpaid = 0.05 } };

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        // Before the troubles: one of them would keep her phone from ringing.
        await LieAsync(stage, ct);
        var each = Math.Max(1, stage.Plan.Payments / 20);
        foreach (var (kind, endpoint) in Troubles)
            await stage.Provider.SufferAsync(kind, endpoint, each, ct);
        await Wait.PassAsync(stage.Plan.Disturbed, ct);
        await stage.Provider.RecoverAsync(ct);
        stage.Try((int)(stage.Load.Summarise().SingleOrDefault(call => call.Call == Calls.Pay)?.Count ?? 0));
    }

    // Somebody is asked for money and does not answer; a webhook claims that she paid. Her phone refuses in the end.
    private static async Task LieAsync(Stage stage, CancellationToken ct)
    {
        var customer = await stage.InviteAsync("customer", ct);
        var table = await Table.ChooseAsync(customer, ct);
        var orderId = await table.PlaceAsync(stage, customer, "campay", ct);
        await Wait.UntilAsync(
            async () => (await Table.PayAsync(stage, customer, orderId, Table.SilentPhone(), ct)).IsSuccess, "a payment begins",
                TimeSpan.FromSeconds(30), ct);
        var external = await AttemptOfAsync(stage, orderId, ct);
        await Wait.UntilAsync(
            async () => (await stage.Provider.PromptsAsync(ct)).Any(prompt => prompt.External == external), "her phone rings",
                TimeSpan.FromSeconds(40), ct);
        var prompt = (await stage.Provider.PromptsAsync(ct)).Single(one => one.External == external);
        var status = await stage.Provider.LieAsync(prompt.Reference, external, prompt.AmountXaf, stage.Clock.GetUtcNow(), ct);
        stage.Notes.Add($"a webhook that lies about a payment was answered with {status}");
        var isBelieved = await Wait.TryAsync(
            async () => (string?)(await customer.GetAsync($"/api/v1/orders/{orderId}", ct)).Data?["paymentStatus"] == "paid",
                TimeSpan.FromSeconds(8), ct);
        stage.Expect(isBelieved is null, "I5",
            () => $"order {orderId} counts as paid because a webhook said so, and the provider has no money for it");
        await stage.Provider.DecideAsync(prompt.Reference, approve: false, ct);
    }

    private static async Task<string> AttemptOfAsync(Stage stage, Guid orderId, CancellationToken ct)
    {
        string? external = null;
        await Wait.UntilAsync(async () =>
        {
            var found = await stage.Rows.ReadAsync(
                $"""
                SELECT attempt.external_reference FROM payments.payment_attempts AS attempt
                JOIN payments.payments AS payment ON payment.id = attempt.payment_id WHERE payment.order_id = '{orderId}'
                """, row => row.GetString(0), null, ct);
            return (external = found.SingleOrDefault()) is not null;
        }, "the attempt is stored", TimeSpan.FromSeconds(30), ct);
        return external!;
    }
}
