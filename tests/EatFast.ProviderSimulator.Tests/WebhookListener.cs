using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EatFast.ProviderSimulator.Tests;

internal sealed record ReceivedWebhook(string Method, string Path, IReadOnlyDictionary<string, string> Query, JsonElement Json)
{
    public string Signature { get; init; } = "";

    public string? this[string field] => Method == "GET" ? Query[field] : Json.Text(field);
}

/// <summary>The product's side of the webhooks: a real server on a port of its own.</summary>
internal sealed class WebhookListener : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedWebhook> received = new();
    private readonly WebApplication app;
    private int refusals;

    private WebhookListener(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public IReadOnlyList<ReceivedWebhook> Received => [.. received];

    public static async Task<WebhookListener> StartAsync(int refuseFirst = 0, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(url);
        var listener = new WebhookListener(app) { refusals = refuseFirst };
        app.Run(listener.TakeAsync);
        await app.StartAsync(Simulator.Ct);
        return listener;
    }

    public async Task<IReadOnlyList<ReceivedWebhook>> WaitForAsync(int count) =>
        await Simulator.EventuallyAsync(() => Task.FromResult(Received), webhooks => webhooks.Count >= count);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var isPost = HttpMethods.IsPost(http.Request.Method);
        received.Enqueue(new ReceivedWebhook(
            http.Request.Method,
            http.Request.Path,
            http.Request.Query.ToDictionary(field => field.Key, field => field.Value.ToString()),
            isPost ? await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body) : default)
        {
            Signature = http.Request.Headers["Stripe-Signature"].ToString()
        });
        http.Response.StatusCode = Interlocked.Decrement(ref refusals) >= 0 ? 503 : 200;
    }
}
