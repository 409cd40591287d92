using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EatFast.Testing;

namespace EatFast.Journeys;

/// <summary>What people tell us in confidence is planted all along a journey, and looked for in every log and every trace.</summary>
public sealed class LogsTellNothingTests(RunningSystem system)
{
    private readonly string _mark = $"kanari{Guid.NewGuid():N}";
    private readonly string _number = $"67{Random.Shared.Next(1_000_000, 9_999_999)}";
    private readonly string _payer = $"65{Random.Shared.Next(1_000_000, 4_999_999)}";

    [Fact]
    public async Task No_password_token_number_name_or_address_is_in_any_log_or_trace()
    {
        using var http = new HttpClient { BaseAddress = system.Gateway };
        var account = await DataAsync(await SendAsync(http, HttpMethod.Post, "/api/v1/auth/register", new
        {
            firstName = $"Prénom{_mark}",
            lastName = $"Nom{_mark}",
            email = $"{_mark}@example.cm",
            password = $"Mot1-{_mark}",
            phone = $"+237{_number}",
            role = "customer",
            city = "douala",
            language = "fr"
        }));
        string[] tokens = [(string)account["accessToken"]!, (string)account["refreshToken"]!];
        await MisuseAsync(http, tokens[0]);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens[0]);
        var orderId = await OrderAsync(http);
        await DataAsync(await SendAsync(http, HttpMethod.Get, "/api/v1/users/export"));
        await Eventually.AsTrue(
            () => system.Telemetry.Spans.Any(span => span.Service == "identity" && span.Name.Contains("users/export", StringComparison.Ordinal)),
            "the last call's trace has arrived");

        string[] secrets = [_mark, _number, _payer, .. tokens.Select(token => token.Split('.')[^1])];
        var told = system.Logs.Concat(system.Telemetry.Texts.Select(text => ("a trace", text)))
            .SelectMany(log => secrets.Where(secret => log.Item2.Contains(secret, StringComparison.OrdinalIgnoreCase))
                .Select(secret => $"{log.Item1}: …{Around(log.Item2, secret)}…"));
        Assert.True(!told.Any(), string.Join('\n', told.Distinct().Take(20)));
        // What may be told is there: the search looks at the right things.
        Assert.Contains(system.Telemetry.Texts, text => text.Contains(orderId, StringComparison.Ordinal));
        Assert.Contains(system.Logs, log => log.File.Contains("identity", StringComparison.Ordinal) && log.Text.Length > 0);
    }

    // Refusals are where systems like to repeat what they were told.
    private async Task MisuseAsync(HttpClient http, string token)
    {
        await SendAsync(http, HttpMethod.Post, "/api/v1/auth/login", new { email = $"{_mark}@example.cm", password = $"Faux2-{_mark}" });
        await SendAsync(http, HttpMethod.Post, "/api/v1/auth/register", new { email = $"{_mark} is no address", password = _mark, phone = _mark });
        await SendAsync(http, HttpMethod.Get, $"/hubs/realtime?access_token={token}");
        await SendAsync(http, HttpMethod.Get, $"/api/v1/users/profile?token={token}&email={_mark}@example.cm");
        using var broken = new StringContent($$"""{"email":"{{_mark}}@example.cm","password":"{{_mark}}",""", Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("/api/v1/auth/login", UriKind.Relative), broken)).Dispose();
    }

    private async Task<string> OrderAsync(HttpClient http)
    {
        var street = $"Rue {_mark} 12";
        await SendAsync(http, HttpMethod.Post, "/api/v1/users/addresses", new { label = "Maison", street, city = "douala", latitude = 4.05, longitude = 9.7 });
        var near = await DataAsync(await SendAsync(http, HttpMethod.Get, "/api/v1/restaurants?city=douala&lat=4.0486&lng=9.6983&sort=distance"));
        var restaurantId = (string)near["restaurants"]![0]!["id"]!;
        var menu = await DataAsync(await SendAsync(http, HttpMethod.Get, $"/api/v1/restaurants/{restaurantId}/menu"));
        var itemId = (string)menu["menu"]!.AsArray().First(item => (bool)item!["isAvailable"]!)!["id"]!;
        var order = await DataAsync(await SendAsync(http, HttpMethod.Post, "/api/v1/orders", new
        {
            restaurantId,
            items = new[] { new { itemId, quantity = 1, specialInstructions = _mark } },
            deliveryAddress = new { street, city = "douala", coordinates = new { latitude = 4.05, longitude = 9.7 }, instructions = $"Porte {_mark}" },
            paymentMethod = "campay",
            specialInstructions = _mark
        }));
        var path = $"/api/v1/orders/{order["orderId"]}";
        await DataAsync(await SendAsync(
            http, HttpMethod.Post, "/api/v1/payments/process", new { orderId = order["orderId"], method = "campay", phone = $"+237{_payer}" }));
        await ApproveAsync();
        await Eventually.AsTrue(
            async () => (string?)(await DataAsync(await SendAsync(http, HttpMethod.Get, path)))["paymentStatus"] == "paid", "the order is paid");
        await DataAsync(await SendAsync(http, HttpMethod.Post, $"{path}/cancel", new { reason = "other", comment = _mark }));
        return (string)order["orderId"]!;
    }

    private async Task ApproveAsync()
    {
        using var phones = new HttpClient { BaseAddress = system.Simulator };
        var prompt = await Eventually.Value(
            async () => (await phones.GetFromJsonAsync<JsonArray>("/control/prompts"))!.FirstOrDefault(prompt => (string?)prompt!["phone"] == $"237{_payer}"),
            "the payer is asked");
        (await phones.PostAsync(new Uri($"/control/prompts/{prompt["reference"]}/approve", UriKind.Relative), null)).EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string path, object? body = null) =>
        http.SendAsync(new HttpRequestMessage(method, path)
        {
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            Content = body is null ? null : JsonContent.Create(body)
        });

    private static async Task<JsonNode> DataAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!["data"]!;
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 60)..Math.Min(text.Length, at + secret.Length + 20)].Replace('\n', ' ');
    }
}
