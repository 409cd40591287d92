using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EatFast.Testing;

namespace EatFast.Journeys;

public sealed partial class GuestCashTests(RunningSystem system)
{
    [Fact]
    public async Task A_guest_proves_a_number_orders_and_pays_at_the_door()
    {
        await using var journey = new Journey(system);
        await journey.GatherAsync();
        await using var guest = await Person.GuestAsync(system);
        var phone = $"+23767{Random.Shared.NextInt64(1_000_000, 9_999_999)}";

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => journey.PlaceAsGuestAsync(guest, phone));
        await guest.PostAsync("/api/v1/guest/phone/code", new { phone });
        await guest.PostAsync("/api/v1/guest/phone/verify", new { phone, code = await CodeTo(phone.TrimStart('+')) });
        await journey.PlaceAsGuestAsync(guest, phone);
        await journey.UntilShownToOwner();
        await journey.CookAsync();
        await journey.AcceptAsync();
        var carried = (await journey.Driver.GetAsync("/api/v1/drivers/me/delivery/active"))["order"]!;
        await journey.DeliverToGuestAsync(guest);

        Assert.Contains("GUEST_PAYS_FIRST", refused.Message, StringComparison.Ordinal);
        Assert.Equal(("Awa Ngono", phone), ((string?)carried["customerName"], (string?)carried["customerPhone"]));
        var due = decimal.Parse(journey.Order["totalAmount"]!.ToString(), CultureInfo.InvariantCulture);
        Assert.Equal(due, (decimal)carried["cashToCollect"]!);
    }

    private async Task<string> CodeTo(string phone)
    {
        using var http = new HttpClient { BaseAddress = system.Simulator };
        return await Eventually.Value(async () =>
        {
            var answer = await http.GetFromJsonAsync<JsonNode>($"/control/messages?channel=sms&to={phone}&take=50");
            var messages = answer as JsonArray ?? answer!["messages"]!.AsArray();
            return messages.Select(message => Digits().Match((string?)message!["text"] ?? "")).FirstOrDefault(found => found.Success)?.Value;
        }, "the code is at the provider");
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Digits();
}
