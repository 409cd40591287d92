using System.Text.Json.Nodes;

namespace EatFast.Tour.Steps;

/// <summary>What the driver does: go online, win the offer, show the way, and exchange a code at each door.</summary>
internal static class DriverSteps
{
    private const string Me = "/api/v1/drivers/me";
    private const int Positions = 3;
    private static readonly string[] Drivers = ["driver@eatfast.local", "driver2@eatfast.local"];

    public static async Task DeliverAsync(Story story)
    {
        var (latitude, longitude) = PlaceOf(story.Restaurant);
        await GoOnlineAsync(story, latitude, longitude);
        var deliveryId = await AcceptAsync(story);
        await PickUpAsync(story, deliveryId);
        await TravelAsync(story, latitude, longitude);
        await HandOverAsync(story, deliveryId);
    }

    private static async Task GoOnlineAsync(Story story, double latitude, double longitude)
    {
        story.Printer.Step("A driver goes online near the restaurant");
        foreach (var email in Drivers)
        {
            story.Driver = await story.SignInAsync("driver", email);
            var current = await story.Api.GetAsync(story.Driver, $"{Me}/delivery/active");
            if (!(bool)current["hasActiveDelivery"]!)
            {
                await story.Api.PutAsync(story.Driver, $"{Me}/status", new { status = "online", latitude, longitude });
                return;
            }
            story.Printer.Note($"{email} is still on the way with another order.");
        }
        throw new TourFailedException("Both demo drivers carry an order from an earlier run.");
    }

    private static async Task<string> AcceptAsync(Story story)
    {
        story.Printer.Step("The driver sees the order and takes it");
        await story.Api.WaitAsync(story.Driver, $"{Me}/orders/available", "the order is offered to the driver", offers =>
            offers["orders"]!.AsArray().Any(order => (string?)order!["orderId"] == story.OrderId));
        var delivery = await story.Api.PostAsync(story.Driver, $"{Me}/orders/{story.OrderId}/accept");
        return (string?)delivery["deliveryId"] ?? story.OrderId;
    }

    private static async Task PickUpAsync(Story story, string deliveryId)
    {
        story.Printer.Step("The driver picks up with the code that the restaurant shows");
        var order = await story.Api.GetAsync(story.Owner, story.OrderPath);
        var code = (string?)order["pickupCode"] ?? throw new TourFailedException("The restaurant sees no pickup code.");
        await story.Api.PutAsync(story.Driver, $"{Me}/deliveries/{deliveryId}/status", new { status = "picked_up", code });
        await story.Api.PutAsync(story.Driver, $"{Me}/deliveries/{deliveryId}/status", new { status = "delivering" });
    }

    private static async Task TravelAsync(Story story, double latitude, double longitude)
    {
        story.Printer.Step("The driver travels, the customer watches");
        for (var sequence = 1; sequence <= Positions; sequence++)
        {
            var way = 0.0004 * sequence;
            var position = new { latitude = latitude + way, longitude = longitude + way, speed = 6.5, bearing = 45, sequence };
            await story.Api.PostAsync(story.Driver, $"{Me}/location", position);
        }
        await story.Api.WaitAsync(story.Customer, $"{story.OrderPath}/tracking", "the customer sees where the driver is", tracking =>
            (string?)tracking["status"] == "in_transit" && tracking["driver"]?["location"]?["latitude"] is not null);
    }

    private static async Task HandOverAsync(Story story, string deliveryId)
    {
        story.Printer.Step("The driver hands over against the customer's drop code");
        await story.Api.PutAsync(story.Driver, $"{Me}/deliveries/{deliveryId}/status", new { status = "delivered", code = story.DropCode });
        await story.Api.WaitAsync(
            story.Customer, story.OrderPath, "the order is delivered", order => (string?)order["status"] is "delivered" or "completed");
    }

    private static (double Latitude, double Longitude) PlaceOf(JsonNode restaurant)
    {
        var place = restaurant["address"]!["coordinates"]!;
        return ((double)place["latitude"]!, (double)place["longitude"]!);
    }
}
