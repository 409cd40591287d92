using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EatFast.Ordering.Tests;

/// <summary>What clients send, and what they read from answers.</summary>
internal static class Bodies
{
    public static JsonObject Order(Guid? restaurantId, Guid? itemId = null, int quantity = 2, string method = "campay")
    {
        var body = new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["itemId"] = itemId ?? Guid.NewGuid(), ["quantity"] = quantity }),
            ["deliveryAddress"] = Address(),
            ["paymentMethod"] = method
        };
        if (restaurantId is { } id)
            body["restaurantId"] = id;
        return body;
    }

    public static JsonObject Address(double latitude = 4.06) => new()
    {
        ["street"] = "12 rue de la Joie",
        ["city"] = "douala",
        ["coordinates"] = new JsonObject { ["latitude"] = latitude, ["longitude"] = 9.71 },
        ["instructions"] = "Portail bleu"
    };

    public static JsonObject Promotion(string code, DateTimeOffset now, int usageLimit = 0, bool isFirstTimeOnly = false) => new()
    {
        ["code"] = code,
        ["title"] = "Bienvenue",
        ["type"] = "percentage",
        ["value"] = 20,
        ["startDate"] = now.AddHours(-1).ToString("O"),
        ["endDate"] = now.AddDays(30).ToString("O"),
        ["usageLimit"] = usageLimit,
        ["isFirstTimeOnly"] = isFirstTimeOnly
    };

    public static async Task<JsonNode> DataAsync(this HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!["data"]!;
    }

    public static async Task AssertRefusedAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode} instead of {status}: {text}");
        Assert.Equal(code, JsonNode.Parse(text)!["error_code"]!.GetValue<string>());
    }
}
