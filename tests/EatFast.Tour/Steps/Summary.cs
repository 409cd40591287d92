using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EatFast.Tour.Steps;

/// <summary>Checks what really happened, each fact where it can be seen: the API, the live connections, the provider's outbox.</summary>
internal static class Summary
{
    private const int LongestLine = 110;

    public static async Task<bool> TellAsync(Story story)
    {
        story.Printer.Step("What the customer received, as the providers saw it");
        var phone = story.Customer.Phone.TrimStart('+');
        var texts = await MessagesAsync(story, phone, text =>
            ((string?)text["text"])?.Contains(story.DropCode, StringComparison.Ordinal) == true);
        var mails = await MessagesAsync(story, story.Customer.Email, _ => true);
        foreach (var message in texts.Concat(mails).Reverse())
            story.Printer.Note($"{message["channel"],-6} {message["status"],-10} {message["subject"]} {OneLine((string?)message["text"])}");

        story.Printer.Step("Where everything stands");
        var order = await story.Api.GetAsync(story.Customer, story.OrderPath);
        var payment = await story.Api.GetAsync(story.Customer, $"/api/v1/payments/status/{story.PaymentId}");
        var eventsComplete = await Patience.TryAsync(Patience.ForOutages, () => Missing(story).Count == 0);

        story.Printer.Title("Summary");
        var total = order["pricing"]!["total"];
        (bool IsTrue, string Text)[] facts =
        [
            ((string?)order["status"] is "delivered" or "completed", $"order {order["orderNumber"]} is {order["status"]}"),
            ((string?)payment["status"] == "completed" && (long?)payment["amount"] == (long?)total,
                $"payment of {payment["amount"]} {payment["currency"]} is {payment["status"]}; the order's total is {total}"),
            (texts.Count > 0, $"{texts.Count} text messages to {story.Customer.Phone}, the drop code among them; {mails.Count} e-mails"),
            (eventsComplete, eventsComplete ? $"{story.EventsHeard} live events heard, every kind among them"
                : $"live events missing: {string.Join(", ", Missing(story))}")
        ];
        foreach (var (isTrue, text) in facts)
            story.Printer.Fact(isTrue, text);
        return Array.TrueForAll(facts, fact => fact.IsTrue);
    }

    private static List<string> Missing(Story story)
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
        return [.. expected.Where(one => !story.HasHeard(one.By, one.Name, one.Which)).Select(one => one.Name).Distinct()];
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
