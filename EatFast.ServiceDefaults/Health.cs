using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EatFast;

/// <summary>/health says whether to send traffic here (only Postgres is needed for that), /alive whether to restart the process.</summary>
internal static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        // Orders go on without Redis, so its absence must not take the service out of traffic.
        builder.Services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var redis in options.Registrations.Where(check => check.Name.StartsWith("StackExchange.Redis", StringComparison.Ordinal)))
                redis.FailureStatus = HealthStatus.Degraded;
        });
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint().AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = new
        {
            status = $"{report.Status}",
            durationMs = (long)report.TotalDuration.TotalMilliseconds,
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = $"{entry.Value.Status}", durationMs = (long)entry.Value.Duration.TotalMilliseconds })
        };
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), http.RequestAborted).AsTask();
    }
}
