using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Testing;

namespace EatFast.Journeys;

public sealed class OneOrderTests(RunningSystem system)
{
    [Fact]
    public async Task An_order_goes_from_registration_to_delivered_and_everyone_hears_of_it()
    {
        await using var journey = new Journey(system);
        await journey.GatherAsync();

        await journey.PlaceAsync();
        await journey.PayAsync();
        foreach (var status in new[] { "confirmed", "preparing", "ready" })
        {
            await journey.SetStatus(new { status });
            await HearsStatus(journey.Customer, status);
        }
        await journey.AcceptAsync();
        await journey.DeliverAsync();
        await HearsStatus(journey.Customer, "delivered");
        await journey.Customer.PostAsync($"/api/v1/orders/{journey.OrderId}/rating", new { rating = 5, foodRating = 5, deliveryRating = 4, comment = "Très bon" });

        var id = journey.OrderId.ToString();
        await Hears(journey.Customer, "order:created", id);
        await Hears(journey.Owner, "restaurant:new_order", id);
        await Hears(journey.Customer, "user:notification", null);
        var sms = await MessagesTo(journey.Customer.Phone.TrimStart('+'));
        Assert.Contains(sms, message => ((string?)message!["text"] ?? "").Contains((string)journey.Order["dropCode"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_position_reaches_the_customer_who_watches_the_order()
    {
        await using var journey = new Journey(system);
        await journey.GatherAsync();
        await journey.PlaceAsync("cash", quantity: 1);
        await journey.UntilOrder(order => (string?)order["paymentStatus"] == "authorized", "cash is approved");
        await journey.CookAsync();
        await using var watcher = await Person.SignInAsync(system, "admin@eatfast.local");
        await watcher.ListenAsync(journey.OrderId);
        await journey.AcceptAsync();

        await Eventually.AsTrue(
            () => watcher.HasHeard("delivery:location", payload => (double?)payload["latitude"] == (double?)payload["lat"]), "a position arrives");
        await journey.DeliverAsync();
    }

    [Fact]
    public async Task A_cancelled_order_that_was_paid_is_refunded_at_the_provider()
    {
        await using var journey = new Journey(system);
        await journey.GatherAsync();
        await journey.PlaceAsync();
        await journey.PayAsync();

        await journey.Customer.PostAsync($"/api/v1/orders/{journey.OrderId}/cancel", new { reason = "Changement de programme" });

        await journey.UntilOrder(order => (string?)order["paymentStatus"] == "refunded", "the money went back");
    }

    // What is overtaken by a newer status is not shown any more, so each is awaited before the next step.
    private static Task HearsStatus(Person person, string status) =>
        Eventually.AsTrue(() => person.HasHeard("order:status_updated", payload => (string?)payload["status"] == status), $"the customer hears {status}");

    private static Task Hears(Person person, string name, string? orderId) =>
        Eventually.AsTrue(() => person.HasHeard(name, payload => orderId is null || (string?)payload["orderId"] == orderId), $"{name} arrives");

    private async Task<JsonArray> MessagesTo(string phone)
    {
        using var http = new HttpClient { BaseAddress = system.Simulator };
        var found = await Eventually.Value(async () =>
        {
            var answer = await http.GetFromJsonAsync<JsonNode>($"/control/messages?channel=sms&to={phone}&take=50");
            var messages = answer as JsonArray ?? answer!["messages"]!.AsArray();
            return messages.Count > 0 ? messages : null;
        }, "a text message is at the provider");
        return found;
    }
}
