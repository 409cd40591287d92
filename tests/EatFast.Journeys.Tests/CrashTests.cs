using EatFast.Testing;

namespace EatFast.Journeys;

public sealed class CrashTests(RunningSystem system)
{
    [Fact]
    public async Task An_order_survives_the_death_of_every_process_on_its_way()
    {
        await using var journey = new Journey(system);
        await journey.GatherAsync();

        await Killing("catalog", () => journey.PlaceAsync());
        await Killing("payments", journey.PayAsync);
        await Killing("ordering", journey.CookAsync);
        await Killing("delivery", journey.AcceptAsync);
        await Killing("gateway", journey.DeliverAsync);
        await Killing("identity", () => journey.UntilOrder(order => (string?)order["paymentStatus"] == "paid", "it is still paid"));
        await Killing("notifications", () => Eventually.AsTrue(async () =>
            (await journey.Customer.GetAsync("/api/v1/notifications?limit=50"))["notifications"]!.AsArray().Count >= 5, "the customer was told"));
    }

    private async Task Killing(string resource, Func<Task> step)
    {
        var before = system.RestartsOf(resource);
        system.Kill(resource);
        await step();
        await Eventually.AsTrue(() => system.RestartsOf(resource) > before, $"{resource} was started again");
    }
}
