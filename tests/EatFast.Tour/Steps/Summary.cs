using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EatFast.Tour.Steps;

/// <summary>Checks what really happened, each fact where it can be seen: the API, the live connections, the provider's outbox.</summary>
internal static class Summary
{
    private const int LongestLine = 110;

    public static async Task<bool> TellAsync(Story story)
    {
        var messages = await MessagesOfCustomerAsync(story);

        story.Printer.Step("Where everything stands");
        var order = await story.Api.GetAsync(story.Customer, story.OrderPath);
        var payment = await story.Api.GetAsync(story.Customer, $"/api/v1/payments/status/{story.PaymentId}");
        await Patience.TryAsync(Patience.ForOutages, () => Missing(story).TrueForAll(missing => story.WasAway(missing.By)));

        story.Printer.Title("Summary");
        var total = order["pricing"]!["total"];
        (bool IsTrue, string Text)[] facts =
        [
            ((string?)order["status"] is "delivered" or "completed", $"order {order["orderNumber"]} is {order["status"]}"),
            ((string?)payment["status"] == "completed" && (long?)payment["amount"] == (long?)total,
                $"payment of {payment["amount"]} {payment["currency"]} is {payment["status"]}; the order's total is {total}"),
            messages,
            EventsOf(story)
        ];
        foreach (var (isTrue, text) in facts)
            story.Printer.Fact(isTrue, text);
        return Array.TrueForAll(facts, fact => fact.IsTrue);
    }

    private static async Task<(bool IsTrue, string Text)> MessagesOfCustomerAsync(Story story)
    {
        story.Printer.Step("What the customer received, as the providers saw it");
        var phone = story.Customer.Phone.TrimStart('+');
        var texts = await MessagesAsync(story, phone, text =>
            ((string?)text["text"])?.Contains(story.DropCode, StringComparison.Ordinal) == true);
        var mails = await MessagesAsync(story, story.Customer.Email, _ => true);
        foreach (var message in texts.Concat(mails).Reverse())
            story.Printer.Note($"{message["channel"],-6} {message["subject"]} {OneLine((string?)message["text"])}");
        return (texts.Count > 0 && mails.Count > 0, $"messages: {texts.Count} SMS, with the drop code, and {mails.Count} e-mails");
    }

    private static (bool IsTrue, string Text) EventsOf(Story story)
    {
        var missing = Missing(story);
        var names = string.Join(", ", missing.Select(one => one.Name).Distinct());
        return missing switch
        {
            [] => (true, $"live events heard: {story.EventsHeard}, of every kind"),
            _ when story.EventsHeard > 0 && missing.TrueForAll(one => story.WasAway(one.By)) =>
                (true, $"live events heard: {story.EventsHeard}; missed while the connection was away: {names}"),
            _ => (false, $"live events heard: {story.EventsHeard}; missing: {names}")
        };
    }

    private static List<(Person By, string Name)> Missing(Story story)
    {
        (Person By, string Name, Func<JsonNode, bool> Which)[] expected =
        [
            (story.Customer, "order:created", payload => (string?)payload["orderId"] == story.OrderId),
            (story.Owner, "restaurant:new_order", payload => (string?)payload["orderId"] == story.OrderId),
            (story.Customer, "order:status_updated", payload => (string?)payload["status"] == "confirmed"),
            (story.Customer, "order:status_updated", payload => (string?)payload["status"] == "delivered"),
            (story.Customer, "delivery:location", payload => payload["latitude"] is not null),
            (story.Customer, "user:notification", _ => true)
        ];
        return [.. expected.Where(one => !story.HasHeard(one.By, one.Name, one.Which)).Select(one => (one.By, one.Name))];
    }

    // Messages leave the product a moment after the step that caused them.
    private static async Task<List<JsonNode>> MessagesAsync(Story story, string to, Func<JsonNode, bool> awaited)
    {
        using var http = new HttpClient { BaseAddress = story.Simulator };
        story.Printer.Waiting($"a message to {to} is at the provider", Patience.ForOutages);
        var found = await Patience.TryAsync(Patience.ForOutages, async () =>
        {
            try
            {
                var path = new Uri($"/control/messages?take=50&to={Uri.EscapeDataString(to)}", UriKind.Relative);
                var messages = await http.GetFromJsonAsync<List<JsonNode>>(path);
                return messages!.Exists(message => awaited(message)) ? messages : null;
            }
            catch (HttpRequestException)
            {
                story.Printer.Again("the simulator does not answer, again");
                return null;
            }
        });
        return found ?? [];
    }

    private static string OneLine(string? text)
    {
        var line = (text ?? "").ReplaceLineEndings(" ");
        return line.Length <= LongestLine ? line : line[..LongestLine] + "…";
    }
}
