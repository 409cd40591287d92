using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace EatFast.AuthorizationTests;

public sealed class AvatarTests(AuthorizationSystem system)
{
    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public async Task A_picture_is_made_anew_shown_in_the_profile_and_gone_when_it_is_removed()
    {
        var (_, token) = await system.RegisterAsync($"face{Guid.NewGuid():N}", "Secret-Pass-1");

        var kept = await DataAsync(await UploadAsync(token, Convert.FromBase64String(Dot)));
        var url = (string)kept["avatarUrl"]!;
        using var image = await SendAsync("catalog", HttpMethod.Get, url, token);

        Assert.Equal((200, "image/webp"), ((int)image.StatusCode, image.Content.Headers.ContentType!.MediaType));
        Assert.Equal(url, (string?)(await ProfileAsync(token))["avatar"]);
        await DataAsync(await SendAsync("identity", HttpMethod.Delete, "/api/v1/users/avatar", token));
        Assert.Null((string?)(await ProfileAsync(token))["avatar"]);
    }

    [Fact]
    public async Task What_is_no_picture_changes_nothing_and_needs_somebody_who_sends_it()
    {
        var (_, token) = await system.RegisterAsync($"face{Guid.NewGuid():N}", "Secret-Pass-1");

        using var text = await UploadAsync(token, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray());
        using var heavy = await UploadAsync(token, [0xFF, 0xD8, 0xFF, .. new byte[5 * 1024 * 1024]]);
        using var nobody = await UploadAsync(null, Convert.FromBase64String(Dot));

        Assert.Equal((422, 413, 401), ((int)text.StatusCode, (int)heavy.StatusCode, (int)nobody.StatusCode));
        Assert.Contains("IMAGE_UNREADABLE", await text.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((string?)(await ProfileAsync(token))["avatar"]);
    }

    [Fact]
    public async Task While_images_are_away_the_profile_is_as_it_was()
    {
        var (_, token) = await system.RegisterAsync($"face{Guid.NewGuid():N}", "Secret-Pass-1");
        using var away = system.Away("catalog");

        using var answer = await UploadAsync(token, Convert.FromBase64String(Dot));

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Null((string?)(await ProfileAsync(token))["avatar"]);
    }

    private async Task<JsonNode> ProfileAsync(string token) =>
        await DataAsync(await SendAsync("identity", HttpMethod.Get, "/api/v1/users/profile", token));

    private static async Task<JsonNode> DataAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!["data"]!;
    }

    private async Task<HttpResponseMessage> UploadAsync(string? token, byte[] picture)
    {
        var content = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        var form = new MultipartFormDataContent { { content, "avatar", "../../me.png" } };
        return await SendAsync("identity", HttpMethod.Post, "/api/v1/users/avatar", token, form);
    }

    private async Task<HttpResponseMessage> SendAsync(string service, HttpMethod method, string path, string? token, HttpContent? body = null)
    {
        using var client = system.ClientOf(service);
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }
}
