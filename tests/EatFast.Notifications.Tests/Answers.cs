using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EatFast.Notifications.Tests;

internal static class Answers
{
    public static async Task<JsonElement> DataAsync(this HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(NotificationsSystem.Ct));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(NotificationsSystem.Ct)).GetProperty("data");
    }

    public static async Task<JsonElement> GetDataAsync(this HttpClient client, string path) =>
        await (await client.GetAsync(new Uri(path, UriKind.Relative), NotificationsSystem.Ct)).DataAsync();

    public static Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string path, string? json = null)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return client.SendAsync(request, NotificationsSystem.Ct);
    }

    public static async Task AssertRefusedAsync(this HttpResponseMessage answer, int status, string code)
    {
        var body = await answer.Content.ReadAsStringAsync(NotificationsSystem.Ct);
        Assert.True(status == (int)answer.StatusCode, body);
        Assert.Equal(code, JsonDocument.Parse(body).RootElement.GetProperty("error_code").GetString());
    }

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();
}
