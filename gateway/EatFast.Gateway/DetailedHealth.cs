using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using EatFast.Http;
using EatFast.Security;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EatFast.Gateway;

/// <summary>How the whole system is, asked of every service at once. Stores are seen through the services that use them.</summary>
internal sealed class DetailedHealth(
    IHttpClientFactory http, LocalProcesses processes, TimeProvider clock, IConfiguration configuration) : IDisposable
{
    private const string Healthy = nameof(HealthStatus.Healthy);
    private const string Degraded = nameof(HealthStatus.Degraded);
    private const string Unhealthy = nameof(HealthStatus.Unhealthy);
    private const string Unreachable = nameof(Unreachable);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly string Version =
        typeof(DetailedHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly SemaphoreSlim _gate = new(1);
    private SystemHealth? _last;

    public static void Map(IEndpointRouteBuilder app)
    {
        var health = app.ServiceProvider.GetRequiredService<DetailedHealth>();
        app.MapGet("/health/detailed", async (HttpResponse response, CancellationToken ct) =>
        {
            response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(await health.GetAsync(ct));
        }).AllowAnonymous();
        // The second is the name of older clients.
        foreach (var path in new[] { "/api/v1/admin/system-health", "/api/v1/admin/system/health" })
            app.MapGet(path, async (CancellationToken ct) => Answer.Ok(await health.GetAsync(ct))).RequireAuthorization(Policies.Admin);
        app.MapGet("/api/v1/health", async (HealthCheckService checks, CancellationToken ct) =>
            Answer.Ok(new GatewayHealth($"{(await checks.CheckHealthAsync(ct)).Status}", Version))).AllowAnonymous();
    }

    /// <summary>However many watch, the services are asked once a second.</summary>
    private async Task<SystemHealth> GetAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return _last is { } last && clock.GetUtcNow() - last.Timestamp < Fresh ? last : _last = await LookAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<SystemHealth> LookAsync(CancellationToken ct)
    {
        var local = processes.Read();
        var services = await Task.WhenAll(ServiceAddresses.Services.Select(name => AskAsync(name, new Uri($"http://{name}/health"), ct)));
        var providers = configuration["Providers:BaseUrl"] is { Length: > 0 } url
            ? [await AskAsync("simulator", new Uri(new Uri(url), "/health"), ct)]
            : Array.Empty<PartHealth>();
        PartHealth[] stores = [StoreOf("postgres", services), StoreOf("redis", services), StoreOf("rabbitmq", services)];

        return new SystemHealth(
            OverallOf(services, [.. services, .. stores, .. providers]),
            Version,
            Math.Round((clock.GetUtcNow() - _startedAt).TotalSeconds),
            clock.GetUtcNow(),
            [.. services.Select(service => WithProcess(service, local))],
            [.. stores.Select(store => WithProcess(store, local))],
            [.. providers.Select(provider => WithProcess(provider, local))],
            new MemoryUse(
                Math.Round(local.Sum(process => process.MemoryMb), 1),
                Math.Round(local.Where(process => process.IsDotNet).Sum(process => process.MemoryMb), 1),
                local.ToDictionary(process => process.Name, process => Math.Round(process.MemoryMb, 1))));
    }

    private async Task<PartHealth> AskAsync(string name, Uri address, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.CreateClient(ServiceAddresses.Client).GetAsync(address, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            var report = text.StartsWith('{') ? JsonSerializer.Deserialize<ServiceReport>(text, JsonSerializerOptions.Web) : null;
            var status = report?.Status ?? (response.IsSuccessStatusCode ? Healthy : Unhealthy);
            return new PartHealth(name, status, LatencySince(started), report?.Checks ?? []);
        }
        catch (Exception away) when (ServiceAddresses.IsAway(away, ct))
        {
            return new PartHealth(name, Unreachable, LatencySince(started), []);
        }
    }

    private static PartHealth StoreOf(string store, IEnumerable<PartHealth> services)
    {
        var checks = services.SelectMany(service => service.Checks);
        var seen = checks.Where(check => StoreBehind(check.Key) == store).Select(check => check.Value).ToList();
        if (seen.Count == 0)
            return new PartHealth(store, "Unknown", null, []);
        var good = seen.Count(check => check.Status == Healthy);
        var status = good == seen.Count ? Healthy : good == 0 ? Unhealthy : Degraded;
        return new PartHealth(store, status, Math.Round(seen.Average(check => check.DurationMs), 1), []);
    }

    private static string StoreBehind(string check) =>
        check.EndsWith("DbContext", StringComparison.Ordinal) ? "postgres"
        : check.StartsWith("StackExchange.Redis", StringComparison.Ordinal) ? "redis"
        : check.StartsWith("masstransit", StringComparison.OrdinalIgnoreCase) ? "rabbitmq"
        : "";

    private static string OverallOf(IEnumerable<PartHealth> services, IEnumerable<PartHealth> all) =>
        all.All(part => part.Status == Healthy) ? Healthy
        : services.Any(service => service.Status is Healthy or Degraded) ? Degraded
        : Unhealthy;

    private static PartHealth WithProcess(PartHealth part, IEnumerable<LocalProcess> local) =>
        local.FirstOrDefault(process => process.Name == part.Name) is { } found
            ? part with { Restarts = found.Restarts, UptimeSeconds = found.UptimeSeconds, MemoryMb = Math.Round(found.MemoryMb, 1) }
            : part;

    private static double LatencySince(long started) => Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1);

    public void Dispose() => _gate.Dispose();

    private sealed record ServiceReport(string? Status, Dictionary<string, CheckHealth>? Checks);
}
