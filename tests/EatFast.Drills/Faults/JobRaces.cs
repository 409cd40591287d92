using EatFast.Drills.Checking;
using EatFast.Drills.People;
using EatFast.Drills.Running;

namespace EatFast.Drills.Faults;

/// <summary>Many drivers take one job at once; in another town than the load's, so that nobody else takes part.</summary>
internal static class JobRaces
{
    private const int BringOnlineAtOnce = 6;

    public static async Task RunAsync(Stage stage, int drivers, CancellationToken ct)
    {
        var customer = await stage.InviteAsync("customer", ct);
        var admin = await stage.InviteDemoAsync("admin@eatfast.local", ct);
        var table = await Table.ChooseAsync(customer, "yaounde", 3.8667, 11.5167, ct);
        var crew = new List<Person>();
        for (var hired = 0; hired < drivers; hired += BringOnlineAtOnce)
            crew.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(BringOnlineAtOnce, drivers - hired))
                .Select(_ => stage.InviteDriverAsync(table.Latitude, table.Longitude, ct))));
        stage.Say($"{crew.Count} drivers wait for jobs");
        for (var round = 0; round < stage.Plan.JobRaces; round++)
            await RaceAsync(stage, customer, admin, crew, table, ct);
    }

    private static async Task RaceAsync(
        Stage stage, Person customer, Person admin, List<Person> crew, Table table, CancellationToken ct)
    {
        stage.Try();
        var orderId = await table.PlaceAsync(stage, customer, "cash", ct);
        var path = $"/api/v1/orders/{orderId}";
        await Wait.UntilAsync(
            async () => (string?)(await customer.GetAsync(path, ct)).Data?["paymentStatus"] == "authorized",
            "cash is approved", TimeSpan.FromSeconds(40), ct);
        foreach (var status in new[] { "confirmed", "preparing", "ready" })
            await admin.InsistAsync(HttpMethod.Put, $"{path}/status", new { status }, ct);
        await Wait.UntilAsync(
            async () => (await crew[0].GetAsync("/api/v1/drivers/me/orders/available", ct)).Data?["orders"]?.AsArray()
                .Any(offer => (string?)offer!["orderId"] == orderId.ToString()) == true,
            "the job is offered", TimeSpan.FromSeconds(40), ct);

        var replies = await Task.WhenAll(crew.Select(driver => AcceptAsync(stage, driver, orderId, ct)));
        var winners = crew.Zip(replies).Where(pair => pair.Second.IsSuccess).Select(pair => pair.First).ToList();
        stage.Expect(winners.Count == 1, "I11", () => $"{crew.Count} drivers took job {orderId}, {winners.Count} got it");
        foreach (var odd in replies.Where(reply => !reply.IsSuccess && reply.Status != 409).DistinctBy(reply => reply.Status))
            stage.Expect(false, "I11", () => $"a driver who lost job {orderId} was answered with {odd.Status} {odd.Code}");
        if (winners.Count > 0)
            await DeliverAsync(stage, winners[0], orderId, ct);
    }

    private static async Task<Reply> AcceptAsync(Stage stage, Person driver, Guid orderId, CancellationToken ct)
    {
        var sentAt = stage.Clock.GetUtcNow();
        var reply = await driver.PostAsync($"/api/v1/drivers/me/orders/{orderId}/accept", null, null, ct);
        stage.Journal(new ClientCall(ClientCall.AcceptJob, "", driver.Id.ToString(), reply.Status, reply.Hash, orderId, sentAt));
        return reply;
    }

    // Nobody of the drill owns this restaurant, so the code on its ticket is read where it is stored.
    private static async Task DeliverAsync(Stage stage, Person driver, Guid orderId, CancellationToken ct)
    {
        var (pickup, drop) = (await stage.Rows.ReadAsync(
            $"SELECT pickup_code, drop_code FROM ordering.orders WHERE id = '{orderId}'",
            row => (row.GetString(0), row.GetString(1)), null, ct)).Single();
        var path = $"/api/v1/drivers/me/deliveries/{orderId}/status";
        await driver.InsistAsync(HttpMethod.Put, path, new { status = "picked_up", code = pickup }, ct);
        await driver.InsistAsync(HttpMethod.Put, path, new { status = "delivering" }, ct);
        await driver.InsistAsync(HttpMethod.Put, path, new { status = "delivered", code = drop }, ct);
    }
}
