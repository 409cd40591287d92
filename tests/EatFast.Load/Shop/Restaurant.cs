using System.Text.Json;
using EatFast.Load.Http;

namespace EatFast.Load.Shop;

/// <summary>A dish that can be ordered, with a choice for every option that must be chosen.</summary>
internal sealed record Dish(Guid Id, long PriceXaf, IReadOnlyList<RequiredOption> Options);

internal sealed record RequiredOption(Guid Id, IReadOnlyList<Guid> Values);

/// <summary>The restaurant whose owner's account the demo data has: the only kitchen that can hand food over.</summary>
internal sealed record Restaurant(Guid Id, double Latitude, double Longitude, long MinimumXaf, IReadOnlyList<Dish> Dishes)
{
    // The demo data make ids of places in their file, so that they can be named.
    private static readonly Guid Owned = new("01990000-0000-7000-8000-100100000000");

    public string MenuPath { get; } = $"/api/v1/restaurants/{Id}/menu";

    public static async Task<Restaurant> ReadAsync(Api api, CancellationToken ct)
    {
        var card = await GetAsync(api, $"/api/v1/restaurants/{Owned}", Calls.ListRestaurants, ct);
        var menu = await GetAsync(api, $"/api/v1/restaurants/{Owned}/menu", Calls.ReadMenu, ct);
        var place = card.GetProperty("address").GetProperty("coordinates");
        return new(
            Owned,
            place.GetProperty("latitude").GetDouble(),
            place.GetProperty("longitude").GetDouble(),
            card.GetProperty("minimumOrder").GetInt64(),
            [.. menu.GetProperty("menu").EnumerateArray().Where(item => item.GetProperty("isAvailable").GetBoolean()).Select(DishOf)]);
    }

    /// <summary>One to three lines, dear enough to be delivered.</summary>
    public void WriteBasket(Utf8JsonWriter json, Random choice)
    {
        var lines = choice.GetItems([.. Dishes], choice.Next(1, 4)).Distinct().ToList();
        var sum = lines.Sum(dish => dish.PriceXaf);
        var quantity = (int)Math.Max(choice.Next(1, 3), (MinimumXaf + sum - 1) / sum);
        json.WriteStartArray("items");
        foreach (var dish in lines)
            WriteLine(json, dish, quantity, choice);
        json.WriteEndArray();
    }

    private static void WriteLine(Utf8JsonWriter json, Dish dish, int quantity, Random choice)
    {
        json.WriteStartObject();
        json.WriteString("itemId", dish.Id);
        json.WriteNumber("quantity", quantity);
        json.WriteStartArray("customizations");
        foreach (var option in dish.Options)
        {
            json.WriteStartObject();
            json.WriteString("optionId", option.Id);
            json.WriteString("valueId", option.Values[choice.Next(option.Values.Count)]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task<JsonElement> GetAsync(Api api, string path, string call, CancellationToken ct)
    {
        var answer = await api.SendAsync(new Call(call, HttpMethod.Get, path), ct);
        return answer.IsGood
            ? JsonElement.Parse(answer.Body).GetProperty("data")
            : throw new LoadFailedException($"GET {path} answers {answer.Status} {answer.ErrorCode}: is this a system with the demo data?");
    }

    private static Dish DishOf(JsonElement item) => new(
        item.GetProperty("id").GetGuid(),
        item.GetProperty("price").GetInt64(),
        [.. item.GetProperty("customizationOptions").EnumerateArray()
            .Where(option => option.GetProperty("required").GetBoolean())
            .Select(option => new RequiredOption(option.GetProperty("id").GetGuid(), ValuesOf(option)))]);

    private static List<Guid> ValuesOf(JsonElement option) =>
        [.. option.GetProperty("options").EnumerateArray()
            .Where(value => value.GetProperty("isAvailable").GetBoolean())
            .Select(value => value.GetProperty("id").GetGuid())];
}
