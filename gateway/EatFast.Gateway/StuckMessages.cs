using System.Net;
using System.Text.Json.Nodes;
using EatFast.Http;
using EatFast.Security;

namespace EatFast.Gateway;

/// <summary>The stuck messages of the whole system in one list; what is done with them goes to the service that owns the queue.</summary>
internal static class StuckMessages
{
    private const string Path = "/api/v1/admin/messages";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet(Path, async (HttpRequest request, IHttpClientFactory http, CancellationToken ct) =>
        {
            var parts = await Task.WhenAll(ServiceAddresses.Services.Select(async name => (name, await AskAsync(name, request, http, ct))));
            return Answer.Ok(new StuckMessageQueues(
                [.. parts.SelectMany(part => part.Item2 ?? [])],
                [.. parts.Where(part => part.Item2 is null).Select(part => part.name)]));
        })
        .WithTags("Messages").RequireAuthorization(Policies.Admin).ExcludeFromDescription();

    /// <summary>The service's queues; none when it cannot be asked now.</summary>
    private static async Task<JsonNode?[]?> AskAsync(string service, HttpRequest request, IHttpClientFactory http, CancellationToken ct)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{service}{Path}"));
        ask.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        try
        {
            using var response = await http.CreateClient(ServiceAddresses.Client).SendAsync(ask, ct);
            if (response.StatusCode != HttpStatusCode.OK)
                return null;
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(ct));
            return answer?["data"]?["queues"] is JsonArray queues ? [.. queues.Select(queue => queue?.DeepClone())] : null;
        }
        catch (Exception away) when (ServiceAddresses.IsAway(away, ct))
        {
            return null;
        }
    }
}

/// <summary>Queues with the number of stuck messages in each, and the services that could not be asked.</summary>
internal sealed record StuckMessageQueues(IReadOnlyList<JsonNode?> Queues, IReadOnlyList<string> Unavailable);
