using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EatFast.Drills.Checking;
using EatFast.Drills.Running;

namespace EatFast.Drills.People;

/// <summary>A restaurant and one of its dishes, and what is done about an order there.</summary>
internal sealed record Table(string RestaurantId, string ItemId, string City, double Latitude, double Longitude)
{
    public static Task<Table> ChooseAsync(Person person, CancellationToken ct) => ChooseAsync(person, "douala", 4.0486, 9.6983, ct);

    public static async Task<Table> ChooseAsync(Person person, string city, double latitude, double longitude, CancellationToken ct)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"city={city}&lat={latitude}&lng={longitude}&sort=distance");
        var near = await person.InsistAsync(HttpMethod.Get, $"/api/v1/restaurants?{where}", null, ct);
        var restaurant = near.Data!["restaurants"]![0]!;
        var menu = await person.InsistAsync(HttpMethod.Get, $"/api/v1/restaurants/{restaurant["id"]}/menu", null, ct);
        var item = (string)menu.Data!["menu"]!.AsArray().First(dish => (bool)dish!["isAvailable"]!)!["id"]!;
        var place = restaurant["address"]!["coordinates"]!;
        return new((string)restaurant["id"]!, item, city, (double)place["latitude"]!, (double)place["longitude"]!);
    }

    public object Basket(Person person, string method) => new
    {
        restaurantId = RestaurantId,
        items = new[] { new { itemId = ItemId, quantity = 2 } },
        deliveryAddress = new
        {
            street = person.Street,
            city = City,
            coordinates = new { latitude = Latitude + 0.001, longitude = Longitude + 0.001 }
        },
        paymentMethod = method
    };

    /// <summary>One attempt to order; what was sent and what came back goes into the stage's own journal.</summary>
    public async Task<Reply> OrderAsync(Stage stage, Person person, string method, string key, CancellationToken ct)
    {
        var sentAt = stage.Clock.GetUtcNow();
        var reply = await person.PostAsync("/api/v1/orders", Basket(person, method), key, ct);
        stage.Journal(new ClientCall(ClientCall.PlaceOrder, key, person.Id.ToString(), reply.Status, reply.Hash, OrderOf(reply), sentAt));
        return reply;
    }

    /// <summary>Orders, however often the call has to be repeated.</summary>
    public async Task<Guid> PlaceAsync(Stage stage, Person person, string method, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString();
        Guid? placed = null;
        await Wait.UntilAsync(
            async () => (placed = OrderOf(await OrderAsync(stage, person, method, key, ct))) is not null, "an order is placed",
                TimeSpan.FromSeconds(60), ct);
        return placed!.Value;
    }

    public static async Task<Reply> PayAsync(Stage stage, Person person, Guid orderId, string phone, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString();
        var sentAt = stage.Clock.GetUtcNow();
        var reply = await person.PostAsync("/api/v1/payments/process", new { orderId, method = "campay", phone }, key, ct);
        stage.Journal(new ClientCall(ClientCall.Pay, key, person.Id.ToString(), reply.Status, reply.Hash, orderId, sentAt));
        return reply;
    }

    /// <summary>A number that CamPay's test network answers for at once, unlike everybody else's.</summary>
    public const string WillingPhone = "+237677777777";

    /// <summary>A number whose owner is asked and does not answer.</summary>
    public static string SilentPhone() => $"+23767{RandomNumberGenerator.GetInt32(1_000_000, 7_000_000)}";

    public static Guid? OrderOf(Reply reply) =>
        reply.IsSuccess && reply.Data is JsonObject order && Guid.TryParse((string?)order["orderId"], out var id) ? id : null;
}
