using System.Net;
using System.Text.Json;
using EatFast.Errors;

namespace EatFast.Identity.Clients;

/// <summary>Catalog makes and shows all images; a person's own picture is taken there as it came.</summary>
internal sealed class Pictures(IHttpClientFactory http)
{
    private static readonly string[] Known = ["IMAGE_UNREADABLE", "IMAGE_TOO_LARGE"];

    /// <summary>The picture's address. Refuses with IMAGE_UNREADABLE or IMAGE_TOO_LARGE.</summary>
    public async Task<string> KeepAsync(Guid userId, HttpRequest request, CancellationToken ct)
    {
        using var client = http.CreateClient(Neighbours.Client);
        using var form = new StreamContent(request.Body);
        form.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        using var answer = await client.PutAsync(AddressOf(userId), form, ct);
        if (answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge)
            throw new RuleViolatedException(await CodeOfAsync(answer, ct));
        if (answer.StatusCode is HttpStatusCode.BadRequest)
            throw new BadHttpRequestException("Send one image as multipart/form-data.");
        answer.EnsureSuccessStatusCode();
        var kept = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        return kept.GetProperty("url").GetString()!;
    }

    public async Task RemoveAsync(Guid userId, CancellationToken ct)
    {
        using var client = http.CreateClient(Neighbours.Client);
        using var answer = await client.DeleteAsync(AddressOf(userId), ct);
        answer.EnsureSuccessStatusCode();
    }

    private static Uri AddressOf(Guid userId) => new($"http://catalog/internal/people/{userId}/avatar");

    private static async Task<string> CodeOfAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        var code = problem.GetProperty("error_code").GetString();
        return Known.Contains(code) ? code! : "IMAGE_TOO_LARGE";
    }
}
