using System.Globalization;
using System.Text.Json.Nodes;

namespace EatFast.Tour.Steps;

/// <summary>What the customer does: register, choose, order, pay, and say how it was.</summary>
internal static class CustomerSteps
{
    private const double AkwaLatitude = 4.0486;
    private const double AkwaLongitude = 9.6983;
    private const string PayingPhone = "+237677777777";

    public static async Task OrderAndPayAsync(Story story)
    {
        await RegisterAsync(story);
        var items = await ChooseAsync(story);
        await ConnectAsync(story);
        await OrderAsync(story, items);
        await PayAsync(story);
    }

    public static async Task RateAsync(Story story)
    {
        story.Printer.Step("The customer rates food and delivery");
        var rating = new { rating = 5, foodRating = 5, deliveryRating = 5, comment = "Très bon, encore chaud !" };
        await story.Api.PostAsync(story.Customer, $"{story.OrderPath}/rating", rating);
    }

    private static async Task RegisterAsync(Story story)
    {
        story.Printer.Step("A new customer registers");
        var mark = Random.Shared.Next(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture);
        var account = await story.Api.PostAsync(null, "/api/v1/auth/register", new
        {
            firstName = "Awa",
            lastName = "Mbarga",
            email = $"awa.{mark}@example.cm",
            password = "Ndole-a-midi-2026",
            phone = $"+23767{mark}",
            role = "customer",
            city = "douala",
            language = "fr"
        });
        story.Customer = Person.From("customer", account);
    }

    private static async Task<JsonArray> ChooseAsync(Story story)
    {
        story.Printer.Step("She looks for restaurants near Akwa and reads the menu of the nearest");
        var place = string.Create(CultureInfo.InvariantCulture, $"lat={AkwaLatitude}&lng={AkwaLongitude}");
        var near = await story.Api.GetAsync(story.Customer, $"/api/v1/restaurants?city=douala&{place}&sort=distance");
        story.Restaurant = near["restaurants"]!.AsArray().FirstOrDefault(restaurant => (bool)restaurant!["isOpen"]!)
            ?? throw new TourFailedException("No restaurant is open near Akwa.");

        var menu = await story.Api.GetAsync(story.Customer, $"/api/v1/restaurants/{story.Restaurant["id"]}/menu");
        var available = menu["menu"]!.AsArray().OfType<JsonObject>().Where(item => (bool)item["isAvailable"]!).ToList();
        var main = available.Find(item => item["customizationOptions"]!.AsArray().Count > 0)
            ?? throw new TourFailedException("No dish on the menu has an option to choose.");
        var side = available.Find(item => item != main) ?? throw new TourFailedException("The menu has only one dish.");
        return [LineOf(main, 2, "Sans oignons"), LineOf(side, 1, null)];
    }

    // One value of every option that must be chosen, and of the first one in any case.
    private static JsonObject LineOf(JsonObject item, int quantity, string? instructions)
    {
        var chosen = item["customizationOptions"]!.AsArray()
            .Where((option, index) => index == 0 || (bool)option!["required"]!)
            .Select(option => (Option: option!, Value: option!["options"]!.AsArray().First(value => (bool)value!["isAvailable"]!)!))
            .Select(choice => new JsonObject { ["optionId"] = (string?)choice.Option["id"], ["valueId"] = (string?)choice.Value["id"] });
        var line = new JsonObject
        {
            ["itemId"] = (string?)item["id"],
            ["quantity"] = quantity,
            ["customizations"] = new JsonArray([.. chosen])
        };
        if (instructions is not null)
            line["specialInstructions"] = instructions;
        return line;
    }

    private static async Task ConnectAsync(Story story)
    {
        story.Printer.Step("Customer and restaurant owner open their live connections");
        story.Owner = await story.SignInAsync("owner", "owner@eatfast.local");
        await story.ListenAsync(story.Owner);
        await story.ListenAsync(story.Customer);
    }

    private static async Task OrderAsync(Story story, JsonArray items)
    {
        story.Printer.Step("She orders two dishes, one with an option");
        var order = await story.Api.PostAsync(story.Customer, "/api/v1/orders", new
        {
            restaurantId = (string?)story.Restaurant["id"],
            items,
            deliveryAddress = new
            {
                street = "Rue Joss 12",
                city = "douala",
                coordinates = new { latitude = 4.0500, longitude = 9.7000 },
                instructions = "Portail bleu, deuxième étage"
            },
            paymentMethod = "campay"
        });
        story.OrderId = (string)order["orderId"]!;
        await story.FollowAsync(story.Customer);
    }

    private static async Task PayAsync(Story story)
    {
        story.Printer.Step("She pays with Mobile Money");
        var payment = await story.Api.PostAsync(
            story.Customer, "/api/v1/payments/process", new { orderId = story.OrderId, method = "campay", phone = PayingPhone });
        story.PaymentId = (string)payment["paymentId"]!;
        var status = $"/api/v1/payments/status/{story.PaymentId}";
        await story.Api.WaitAsync(story.Customer, status, "the payment is completed", answer => Is(answer, "status", "completed"));
        var order = await story.Api.WaitAsync(
            story.Customer, story.OrderPath, "the order is paid", answer => Is(answer, "paymentStatus", "paid"));
        story.DropCode = (string)order["dropCode"]!;
        story.Printer.Note($"The customer's drop code is {story.DropCode}.");
    }

    private static bool Is(JsonNode answer, string member, string value) => (string?)answer[member] == value;
}
