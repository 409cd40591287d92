using System.Security.Claims;
using System.Text.Json;
using EatFast.Simulation.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Simulation.Services;

/// <summary>A request of somebody's app.</summary>
internal sealed record Ask(
    string Method, string Pattern, Guid? User = null, string Role = "customer", object? Body = null, string? Key = null)
{
    public (string Name, object Value)[] Route { get; init; } = [];
}

/// <summary>What came of it: status 0 means that no answer came, whatever happened at the other end.</summary>
internal sealed record Reply(int Status, string Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Worth another try with the same key.</summary>
    public bool IsUncertain => Status is 0 or >= 500 || Body.Contains("IDEMPOTENCY_IN_PROGRESS", StringComparison.Ordinal);

    public bool Says(string code) => Body.Contains(code, StringComparison.Ordinal);

    public JsonElement Data => JsonDocument.Parse(Body).RootElement.GetProperty("data");
}

/// <summary>Requests to a service: its own routes, filters, validation and handlers, without the socket.</summary>
internal static class HttpCalls
{
    public static async Task<Reply> SendAsync(this Service service, World world, Ask ask)
    {
        await world.SleepAsync(world.Between(0.001, 0.02));
        var answered = new TaskCompletionSource<Reply>();
        if (service.Pick() is { } life)
            life.Run(
                $"{ask.Method} {ask.Pattern}",
                async (scope, _) => answered.TrySetResult(await HandleAsync(scope, life, service, ask)),
                _ => answered.TrySetResult(new Reply(0, "")));
        else
            answered.SetResult(new Reply(0, ""));
        var reply = await answered.Task;
        var isLost = world.Chance(world.Faults.LostAnswer);
        world.Trace.Add($"{service.Name} answers {reply.Status}{(isLost ? ", which gets lost" : "")} to {ask.Method} {ask.Pattern}");
        return isLost ? new Reply(0, "") : reply;
    }

    private static async Task<Reply> HandleAsync(IServiceProvider scope, Life life, Service service, Ask ask)
    {
        var http = ContextOf(scope, ask);
        try
        {
            await service.Blueprint.Routes.Http(ask.Method, ask.Pattern).RequestDelegate!(http);
        }
        catch (Exception failure) when (failure is not ProcessDiedException && !life.IsDead)
        {
            http.Response.Body = new MemoryStream();
            foreach (var handler in scope.GetServices<IExceptionHandler>())
                await handler.TryHandleAsync(http, failure, CancellationToken.None);
            if (http.Response.StatusCode == 500)
                life.World.Violate($"a bug answered {ask.Method} {ask.Pattern}: {failure.GetType().Name} {failure.Message}");
        }
        await life.BoundaryAsync("answers");
        var body = ((MemoryStream)http.Response.Body).ToArray();
        return new Reply(http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body));
    }

    private static DefaultHttpContext ContextOf(IServiceProvider scope, Ask ask)
    {
        var http = new DefaultHttpContext { RequestServices = scope };
        http.Request.Method = ask.Method;
        http.Request.Path = ask.Pattern;
        foreach (var (name, value) in ask.Route)
        {
            http.Request.RouteValues[name] = $"{value}";
            http.Request.Path = $"{http.Request.Path}/{value}";
        }
        if (ask.User is { } user)
            http.User = new ClaimsPrincipal(new ClaimsIdentity([new("sub", $"{user}"), new("role", ask.Role)], "simulated"));
        if (ask.Key is { } key)
            http.Request.Headers["Idempotency-Key"] = key;
        if (ask.Body is { } body)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
            http.Request.Body = new MemoryStream(json);
            http.Request.ContentType = "application/json";
            http.Request.ContentLength = json.Length;
        }
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(ask.Body is not null));
        http.Response.Body = new MemoryStream();
        return http;
    }

    private sealed record HasBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
