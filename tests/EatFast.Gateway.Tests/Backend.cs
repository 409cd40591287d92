using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EatFast.Gateway.Tests;

/// <summary>A process behind the gateway: says what it received, and can be stopped and started again on its port.</summary>
public sealed class Backend(string name) : IAsyncDisposable
{
    private WebApplication? _app;
    private int _tagged;

    /// <summary>How often the answer with an ETag was asked for here.</summary>
    public int Tagged => _tagged;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string Health { get; set; } = """{"status":"Healthy","durationMs":1,"checks":{"self":{"status":"Healthy","durationMs":0}}}""";

    /// <summary>What it says to a path instead of describing the request.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    public string OpenApi { get; set; } = """{"openapi":"3.1.1","paths":{}}""";

    private string StuckMessages => """{"data":{"queues":[{"name":"SERVICE-outbox_parked","kind":"parked","count":1}]}}"""
        .Replace("SERVICE", name, StringComparison.Ordinal);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapGet("/health", () => Results.Text(Health, "application/json"));
        _app.MapGet("/openapi/v1.json", () => Results.Text(OpenApi, "application/json"));
        _app.MapGet("/api/v1/admin/messages", (HttpRequest request) => request.Headers.Authorization.Count == 1
            ? Results.Text(StuckMessages, "application/json")
            : Results.Unauthorized());
        _app.MapGet("/hubs/realtime", EchoAsync);
        _app.MapGet("/api/v1/search/forbidden", () => Results.Json(new { error_code = "OWN_CODE" }, statusCode: 409));
        _app.MapGet("/api/v1/search/tagged", (HttpResponse response) =>
        {
            response.Headers.ETag = "\"state-1\"";
            return Results.Json(new { answered = Interlocked.Increment(ref _tagged), text = new string('x', 2_000) });
        });
        _app.MapFallback("{**path}", (Delegate)Describe);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async Task StopAsync()
    {
        await _app!.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task<IResult> Describe(HttpContext http)
    {
        if (Answers.TryGetValue(http.Request.Path.Value!, out var answer))
            return Results.Text(answer, "application/json");
        using var reader = new StreamReader(http.Request.Body);
        http.Response.Headers["X-Request-Id"] = http.Request.Headers["X-Request-Id"];
        http.Response.Headers.Server = "leaky";
        var headers = http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        return Results.Json(new Received(name, http.Request.Method, http.Request.Path.Value!, await reader.ReadToEndAsync(), headers));
    }

    private static async Task EchoAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[256];
        var message = await socket.ReceiveAsync(buffer, http.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, message.Count), WebSocketMessageType.Text, endOfMessage: true, http.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, http.RequestAborted);
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed record Received(string Service, string Method, string Path, string Body, Dictionary<string, string> Headers);
