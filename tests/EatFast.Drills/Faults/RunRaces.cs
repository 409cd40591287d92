using EatFast.Drills.People;
using EatFast.Drills.Running;

namespace EatFast.Drills.Faults;

/// <summary>D14: a hundred times the same request at once, paying against cancelling against refusing, fifty drivers for one job.</summary>
internal sealed class RunRaces : Drill
{
    private const int SameKey = 100;
    private const int DriversPerJob = 50;
    private const int AtOnce = 8;

    public override string Id => "D14";

    public override string Title => "races: same key, pay or cancel or refuse, one job";

    public override string Trials => "races";

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var customer = await stage.InviteAsync("customer", ct);
        var owner = await stage.InviteDemoAsync("owner@eatfast.local", ct);
        var table = await Table.ChooseAsync(customer, ct);
        for (var round = 0; round < stage.Plan.KeyRaces; round++)
            await SameKeyAsync(stage, customer, table, ct);
        stage.Say($"{stage.Plan.KeyRaces} times {SameKey} requests with one key");
        await Parallel.ForEachAsync(
            Enumerable.Range(0, stage.Plan.EndRaces), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (round, token) => await (round % 2 == 0
                ? PayOrCancelAsync(stage, customer, table, token)
                : CancelOrRefuseAsync(stage, customer, owner, table, token)));
        stage.Say($"{stage.Plan.EndRaces} orders paid, cancelled and refused at once");
        await JobRaces.RunAsync(stage, DriversPerJob, ct);
    }

    private static async Task SameKeyAsync(Stage stage, Person customer, Table table, CancellationToken ct)
    {
        stage.Try();
        var key = Guid.NewGuid().ToString();
        var replies = await Task.WhenAll(Enumerable.Range(0, SameKey).Select(_ => table.OrderAsync(stage, customer, "cash", key, ct)));
        var orders = replies.Select(Table.OrderOf).OfType<Guid>().Distinct().ToList();
        stage.Expect(orders.Count == 1, "I2", () => $"{SameKey} requests with one key made {orders.Count} orders");
        foreach (var odd in replies.Where(reply => !reply.IsSuccess && reply.Status != 409).DistinctBy(reply => reply.Status))
            stage.Expect(false, "I2", () => $"a request with a key in flight was answered with {odd.Status} {odd.Code}");
        var other = await customer.PostAsync("/api/v1/orders", table.Basket(customer, "campay"), key, ct);
        stage.Expect(other.Status == 422, "I2", () => $"another basket under a used key was answered with {other.Status} {other.Code}");
    }

    private static async Task PayOrCancelAsync(Stage stage, Person customer, Table table, CancellationToken ct)
    {
        stage.Try();
        var orderId = await table.PlaceAsync(stage, customer, "campay", ct);
        var pay = Table.PayAsync(stage, customer, orderId, Table.WillingPhone, ct);
        var cancels = Enumerable.Range(0, 3).Select(_ => CancelAsync(customer, orderId, ct)).ToList();
        await pay;
        ExpectOneWinner(stage, await Task.WhenAll(cancels), $"cancelling order {orderId} three times");
    }

    private static async Task CancelOrRefuseAsync(Stage stage, Person customer, Person owner, Table table, CancellationToken ct)
    {
        stage.Try();
        var orderId = await table.PlaceAsync(stage, customer, "cash", ct);
        await Wait.UntilAsync(
            async () => (string?)(await customer.GetAsync($"/api/v1/orders/{orderId}", ct)).Data?["paymentStatus"] == "authorized",
            $"cash for order {orderId} is approved", TimeSpan.FromSeconds(40), ct);
        var replies = await Task.WhenAll(
            CancelAsync(customer, orderId, ct),
            owner.PutAsync($"/api/v1/orders/{orderId}/status", new { status = "rejected", reason = "Cuisine fermée" }, ct),
            CancelAsync(customer, orderId, ct));
        ExpectOneWinner(stage, replies, $"cancelling and refusing order {orderId}");
    }

    private static Task<Reply> CancelAsync(Person customer, Guid orderId, CancellationToken ct) =>
        customer.PostAsync($"/api/v1/orders/{orderId}/cancel", new { reason = "Changement de programme" }, null, ct);

    private static void ExpectOneWinner(Stage stage, Reply[] replies, string what)
    {
        var winners = replies.Count(reply => reply.IsSuccess);
        stage.Expect(
            winners == 1 && replies.All(reply => reply.IsSuccess || reply.Status is 409),
            "I4", () => $"{what} was answered with {string.Join(", ", replies.Select(reply => $"{reply.Status} {reply.Code}".Trim()))}");
    }
}
