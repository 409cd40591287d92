using System.Text.Json.Nodes;

namespace EatFast.Identity.Clients;

/// <summary>Asks every other service what it knows of a person; an answer that misses one of them would be no answer.</summary>
internal sealed class Neighbours(IHttpClientFactory http)
{
    public const string Client = "neighbours";
    private static readonly string[] Services = ["catalog", "ordering", "payments", "delivery", "notifications"];

    public async Task<IReadOnlyDictionary<string, JsonNode>> ExportAsync(Guid userId, CancellationToken ct)
    {
        var parts = await Task.WhenAll(Services.Select(async service => (service, await AskAsync(service, $"/internal/people/{userId}", ct))));
        return parts.ToDictionary(part => part.service, part => part.Item2);
    }

    public async Task<bool> IsNeededAsync(Guid userId, CancellationToken ct)
    {
        var answers = await Task.WhenAll(Services.Select(service => AskAsync(service, $"/internal/people/{userId}/needed", ct)));
        return answers.Any(answer => (bool?)answer["needed"] == true);
    }

    /// <summary>How far each of them is with a new encryption key; null for one that does not say.</summary>
    public async Task<IReadOnlyDictionary<string, JsonNode?>> EncryptionAsync(CancellationToken ct)
    {
        var parts = await Task.WhenAll(Services.Select(async service => (service, await AskOrNullAsync(service, "/internal/encryption", ct))));
        return parts.ToDictionary(part => part.service, part => part.Item2);
    }

    private async Task<JsonNode?> AskOrNullAsync(string service, string path, CancellationToken ct)
    {
        try
        {
            return await AskAsync(service, path, ct);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // Whatever goes wrong over there is an outage to the caller: 503, and nothing is done or shown by halves.
    private async Task<JsonNode> AskAsync(string service, string path, CancellationToken ct)
    {
        using var client = http.CreateClient(Client);
        return await client.GetFromJsonAsync<JsonNode>(new Uri($"http://{service}{path}"), ct)
            ?? throw new HttpRequestException($"{service} answered without a document.");
    }
}
