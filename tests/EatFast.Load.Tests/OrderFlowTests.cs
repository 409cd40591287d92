using System.Text.Json.Nodes;
using EatFast.Load.Flows;

namespace EatFast.Load.Tests;

public sealed class OrderFlowTests
{
    [Fact]
    public async Task An_order_goes_from_the_list_to_the_door_and_its_rating()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway));

        string[] journey =
        [
            "orders", "process", "confirmed", "preparing", "ready", "accept", "location", "picked_up", "delivering", "delivered", "rating"
        ];
        Assert.Equal(journey, gateway.Calls.Where(call => call.Method != "GET").Select(Word).Where(journey.Contains));
        Assert.Empty(run.Troubles);
        Assert.Equal((1, 1), (run.Counts.Delivered, run.Counts.Ended));
    }

    [Fact]
    public async Task The_codes_of_both_doors_are_given()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway));

        var bodies = gateway.Calls.Where(call => call.Path.Contains("/deliveries/", StringComparison.Ordinal)).Select(call => call.Body);
        Assert.Equal(["5678", null, "1234"], bodies.Select(body => (string?)JsonNode.Parse(body)!["code"]));
    }

    [Fact]
    public async Task A_basket_has_every_required_choice_and_is_dear_enough()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway) with { Orders = 20 });

        foreach (var order in gateway.CallsTo("/api/v1/orders").Select(call => JsonNode.Parse(call.Body)!))
        {
            var line = Assert.Single(order["items"]!.AsArray())!;
            Assert.Equal("01990000-0000-7000-8000-300101010000", (string?)line["itemId"]);
            Assert.True((int)line["quantity"]! * 1500 >= 2000);
            Assert.Equal("01990000-0000-7000-8000-410101010001", (string?)Assert.Single(line["customizations"]!.AsArray())!["valueId"]);
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_plans_with_the_shares_of_the_mix()
    {
        var mix = new LoadMix { Cash = 0.4, Cancelled = 0.1, Rejected = 0.2, Unpaid = 0.1, Rated = 0.5 };
        List<Plan> Draw(int seed)
        {
            var choice = new Random(seed);
            return [.. Enumerable.Range(0, 10_000).Select(_ => Plan.Draw(choice, mix))];
        }

        var plans = Draw(1);

        Assert.Equal(plans, Draw(1));
        Assert.NotEqual(plans, Draw(2));
        Assert.InRange(plans.Count(plan => plan.Cancelled), 850, 1150);
        Assert.InRange(plans.Count(plan => plan.Rejected), 1800, 2200);
        Assert.InRange(plans.Count(plan => plan.Unpaid), 850, 1150);
        Assert.DoesNotContain(plans, plan => plan is { Unpaid: true, Cash: true });
    }

    private static string Word(Seen call) => call.Body.Contains("\"status\"", StringComparison.Ordinal)
        ? (string)JsonNode.Parse(call.Body)!["status"]!
        : call.Path.Split('/')[^1];
}
