using System.Text.Json.Nodes;

namespace EatFast.Gateway;

/// <summary>One OpenAPI document for the whole product, fetched from the services; one that does not answer is named, not fatal.</summary>
internal sealed class OpenApiDocuments(IHttpClientFactory http, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreshWithGaps = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _gate = new(1);
    private string? _document;
    private DateTimeOffset _goodUntil;

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in new[] { "/openapi", "/openapi/v1.json" })
            app.MapGet(path, async (OpenApiDocuments documents, CancellationToken ct) =>
                TypedResults.Text(await documents.GetAsync(ct), "application/json; charset=utf-8"))
                .AllowAnonymous().ExcludeFromDescription();
    }

    public async Task<string> GetAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_document is null || clock.GetUtcNow() >= _goodUntil)
            {
                var parts = await Task.WhenAll(ServiceAddresses.Services.Select(async name => (name, await FetchAsync(name, ct))));
                _document = OpenApiMerge.Merge(parts).ToJsonString();
                _goodUntil = clock.GetUtcNow() + (Array.Exists(parts, part => part.Item2 is null) ? FreshWithGaps : Fresh);
            }
            return _document;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<JsonObject?> FetchAsync(string service, CancellationToken ct)
    {
        try
        {
            var client = http.CreateClient(ServiceAddresses.Client);
            var document = await client.GetStringAsync(new Uri($"http://{service}/openapi/v1.json"), ct);
            return JsonNode.Parse(document) as JsonObject;
        }
        catch (Exception away) when (ServiceAddresses.IsAway(away, ct))
        {
            return null;
        }
    }

    public void Dispose() => _gate.Dispose();
}
