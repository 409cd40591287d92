using System.Globalization;
using EatFast.Errors;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EatFast.Gateway.RateLimits;

/// <summary>Refuses what is over its quota with 429 and says on every answer how much is left. Runs once it is known who calls.</summary>
internal static class RateLimiting
{
    private const string Code = "RATE_LIMIT_EXCEEDED";
    private static readonly string[] Limited = ["/api", "/hubs", "/socket.io"];

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations().ValidateOnStart();
        builder.AddRedisClient("redis", configureOptions: RedisCounts.FailFast);
        builder.Services.AddSingleton<RateLimitRules>().AddSingleton<RedisCounts>().AddSingleton<LocalCounts>();
    }

    public static void UseRateLimits(this WebApplication app)
    {
        if (!IsEnabled(app))
            return;
        // Connecting blocks for as long as Redis is silent: better here than in the first request.
        app.Services.GetRequiredService<IConnectionMultiplexer>();
        var rules = app.Services.GetRequiredService<RateLimitRules>();
        var shared = app.Services.GetRequiredService<RedisCounts>();
        var own = app.Services.GetRequiredService<LocalCounts>();
        app.Use(async (http, next) =>
        {
            if (!IsLimited(http.Request))
            {
                await next(http);
                return;
            }
            var quotas = await rules.OfAsync(http);
            var verdict = await shared.TakeAsync(quotas) ?? own.Take(quotas);
            Show(http, verdict);
            if (!verdict.IsAdmitted)
                throw new RuleViolatedException(Code, ("retryAfter", Math.Max(1, (int)Math.Ceiling(verdict.ResetAfter.TotalSeconds))));
            await next(http);
        });
    }

    private static bool IsEnabled(WebApplication app)
    {
        var isEnabled = app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value.Enabled;
        if (isEnabled)
            return true;
        if (!app.Environment.IsDevelopment())
        {
            app.Logger.LogWarning("RateLimits:Enabled=false is for load tests in Development and is not followed here");
            return true;
        }
        app.Logger.LogWarning("Rate limits are off: RateLimits:Enabled is false");
        return false;
    }

    private static bool IsLimited(HttpRequest request) =>
        !HttpMethods.IsOptions(request.Method)
        && !request.Path.Equals("/api/v1/health", StringComparison.OrdinalIgnoreCase)
        && Array.Exists(Limited, prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static void Show(HttpContext http, Verdict verdict)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var reset = (clock.GetUtcNow() + verdict.ResetAfter).ToUnixTimeSeconds() + 1;
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers["X-RateLimit-Limit"] = verdict.Limit.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
    }
}
