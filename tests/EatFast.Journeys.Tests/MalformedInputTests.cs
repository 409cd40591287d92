using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace EatFast.Journeys;

/// <summary>Every call of the main job with each field missing, null, of another type, negative, huge, repeated and unknown.</summary>
public sealed class MalformedInputTests(RunningSystem system)
{
    private const string Someone = "0199aaaa-0000-7000-8000-000000000000";

    public static TheoryData<string, string, string, string> Calls => new()
    {
        { "", "POST", "/api/v1/auth/register", """{"firstName":"A","lastName":"B","email":"x@example.cm","password":"Ndole-2026-ok","phone":"+237650000000","role":"customer","city":"douala","language":"fr"}""" },
        { "", "POST", "/api/v1/auth/login", """{"email":"customer@eatfast.local","password":"wrong"}""" },
        { "", "POST", "/api/v1/auth/refresh", """{"refreshToken":"abc"}""" },
        { "customer", "POST", "/api/v1/orders", $$$"""{"restaurantId":"{{{Someone}}}","items":[{"itemId":"{{{Someone}}}","quantity":2,"customizations":[{"optionId":"{{{Someone}}}","valueId":"{{{Someone}}}"}],"specialInstructions":"x"}],"deliveryAddress":{"street":"s","city":"douala","coordinates":{"latitude":4.05,"longitude":9.7},"instructions":"i"},"paymentMethod":"campay"}""" },
        { "customer", "POST", $"/api/v1/restaurants/{Someone}/orders", $$$"""{"items":[{"itemId":"{{{Someone}}}","quantity":2}],"deliveryAddress":{"street":"s","city":"douala","coordinates":{"latitude":4.05,"longitude":9.7}},"paymentMethod":"cash"}""" },
        { "customer", "POST", "/api/v1/payments/process", $$"""{"orderId":"{{Someone}}","method":"campay","phone":"+237677777777"}""" },
        { "customer", "POST", $"/api/v1/orders/{Someone}/cancel", """{"reason":"r","comment":"c"}""" },
        { "customer", "POST", $"/api/v1/orders/{Someone}/rating", """{"rating":5,"foodRating":5,"deliveryRating":5,"comment":"c"}""" },
        { "owner", "PUT", $"/api/v1/orders/{Someone}/status", """{"status":"confirmed","estimatedPreparationTime":20}""" },
        { "driver2", "PUT", "/api/v1/drivers/me/status", """{"status":"sleeping","latitude":4.05,"longitude":9.7}""" },
        { "driver2", "POST", "/api/v1/drivers/me/location", """{"latitude":4.05,"longitude":9.7,"accuracy":5,"speed":3,"bearing":90,"recordedAt":"2026-01-01T00:00:00Z","sequence":1}""" },
        { "driver2", "POST", "/api/v1/drivers/me/location", """{"positions":[{"latitude":4.05,"longitude":9.7}]}""" },
        { "driver2", "POST", $"/api/v1/drivers/me/orders/{Someone}/accept", "{}" },
        { "driver2", "PUT", $"/api/v1/drivers/me/deliveries/{Someone}/status", """{"status":"picked_up","code":"1234"}""" },
        { "customer", "PUT", "/api/v1/notifications/preferences", """{"orderUpdates":true}""" }
    };

    [Theory, MemberData(nameof(Calls))]
    public async Task Nothing_a_client_sends_breaks_a_service(string role, string method, string path, string body)
    {
        using var http = new HttpClient { BaseAddress = system.Gateway };
        if (role.Length > 0)
        {
            await using var person = await Person.SignInAsync(system, $"{role}@eatfast.local");
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)person.Account["accessToken"]!);
        }

        foreach (var broken in Mutations(body))
            await AssertRefused(http, new HttpMethod(method), path, broken);
    }

    [Theory]
    [InlineData("/api/v1/restaurants?lat=abc&lng=9.7")]
    [InlineData("/api/v1/restaurants?lat=91&lng=9.7")]
    [InlineData("/api/v1/restaurants?lat=4.05")]
    [InlineData("/api/v1/restaurants?sort=price%27;drop")]
    [InlineData("/api/v1/restaurants?page=0")]
    [InlineData("/api/v1/restaurants?limit=1000")]
    [InlineData("/api/v1/restaurants?q=%00")]
    [InlineData("/api/v1/restaurants/not-an-id")]
    [InlineData("/api/v1/restaurants/0199aaaa-0000-7000-8000-000000000000")]
    [InlineData("/api/v1/restaurants/0199aaaa-0000-7000-8000-000000000000/menu")]
    [InlineData("/api/v1/orders/0199aaaa-0000-7000-8000-000000000000")]
    [InlineData("/api/v1/nothing-here")]
    public async Task A_bad_read_is_refused(string path)
    {
        using var http = new HttpClient { BaseAddress = system.Gateway };

        await AssertRefused(http, HttpMethod.Get, path, null);
    }

    private static async Task AssertRefused(HttpClient http, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        var what = $"{method} {path} {Shorten(body ?? "")} -> {(int)response.StatusCode} {Shorten(answer)}";
        Assert.True((int)response.StatusCode < 500, what);
        if (response.IsSuccessStatusCode)
            return;
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", what);
        Assert.False(string.IsNullOrEmpty((string?)JsonNode.Parse(answer)!["error_code"]), what);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Mutations(string body)
    {
        string[] whole = ["", "{", "null", "[]", "42", "\"text\"", "{\"a\":1,\"a\":2}", new string('[', 100), "{\"x\":\"" + new string('y', 70_000) + "\"}"];
        foreach (var text in whole.Append(body))
            yield return text;
        yield return body.Insert(1, "\"surprise\":1,").Replace(",}", "}", StringComparison.Ordinal);
        foreach (var path in Nodes(JsonNode.Parse(body)!).Select(node => node.GetPath()).ToList())
            foreach (var value in new[] { null, "null", "\"\"", "\"abc\"", "-1", "0", "1.5", "1e400", "99999999999999999999999", "true", "[]", "{}", "[[]]", "\"\\u0000\"", "\"\\ud800\"", $"\"{new string('é', 5000)}\"" })
                yield return Mutate(body, path, value);
    }

    // A marker is swapped for raw text, since some of the values are not JSON that a writer would produce.
    private static string Mutate(string body, string path, string? value)
    {
        var root = JsonNode.Parse(body)!;
        var target = Nodes(root).First(node => node.GetPath() == path);
        if (value is null && target.Parent is JsonObject owner)
            owner.Remove(target.GetPropertyName());
        else
            target.ReplaceWith("@@@");
        return root.ToJsonString().Replace("\"@@@\"", value ?? "null", StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        if (node.Parent is not null)
            yield return node;
        var children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items.AsEnumerable(),
            _ => []
        };
        foreach (var child in children.OfType<JsonNode>().SelectMany(Nodes))
            yield return child;
    }

    private static string Shorten(string text) => text.Length > 300 ? text[..300] + "…" : text;
}
