using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EatFast.Load.Tests;

/// <summary>A system in which every call succeeds at once, but for the trouble that a test makes.</summary>
internal sealed class StubGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubGateway(WebApplication app) => _app = app;

    public ConcurrentQueue<Seen> Calls { get; } = new();

    /// <summary>True when it has dealt with the call itself.</summary>
    public Func<HttpContext, Task<bool>> Trouble { get; set; } = _ => Task.FromResult(false);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<StubGateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var stub = new StubGateway(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    public List<Seen> CallsTo(string pathEnd) => [.. Calls.Where(call => call.Path.EndsWith(pathEnd, StringComparison.Ordinal))];

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Calls.Enqueue(new(http.Request.Method, http.Request.Path, $"{http.Request.Headers["Idempotency-Key"]}", body));
        if (await Trouble(http))
            return;
        http.Response.StatusCode = http.Request.Path == "/api/v1/orders" ? 201 : 200;
        await http.Response.WriteAsync(http.Request.Path.Value!.EndsWith("/menu", StringComparison.Ordinal) ? Menu : AnswerTo(body));
    }

    // One answer has all members that anybody looks for; an order's status is the one that was just asked for.
    private static string AnswerTo(string body)
    {
        var status = body.Contains("confirmed", StringComparison.Ordinal) ? "confirmed"
            : body.Contains("preparing", StringComparison.Ordinal) ? "preparing"
            : body.Contains("ready", StringComparison.Ordinal) ? "ready"
            : body.Contains("rejected", StringComparison.Ordinal) ? "rejected" : "delivered";
        return $$$"""
            {"success":true,"data":{"user":{"id":"{{{Guid.NewGuid()}}}"},"accessToken":"t-{{{Guid.NewGuid()}}}","refreshToken":"r",
             "orderId":"{{{Guid.NewGuid()}}}","paymentId":"{{{Guid.NewGuid()}}}","dropCode":"1234","pickupCode":"5678",
             "status":"{{{status}}}","paymentStatus":"paid","minimumOrder":2000,
             "address":{"coordinates":{"latitude":4.05,"longitude":9.7} } } }
            """;
    }

    private const string Menu = """
        {"success":true,"data":{"menu":[
          {"id":"01990000-0000-7000-8000-300101010000","price":1500,"isAvailable":true,"customizationOptions":[
            {"id":"01990000-0000-7000-8000-410101010000","required":true,"options":[
              {"id":"01990000-0000-7000-8000-410101010001","isAvailable":true}]},
            {"id":"01990000-0000-7000-8000-420101010000","required":false,"options":[]}]},
          {"id":"01990000-0000-7000-8000-300101020000","price":900,"isAvailable":false,"customizationOptions":[]}]}}
        """;

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record Seen(string Method, string Path, string Key, string Body);
